package figure

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func sampleHeat(lang string) *Heat {
	h := &Heat{Title: "Prediction and ruling per platform party (he2024, paper_default, evidence: reasoning) †", Note: "n = 140 parties. Cells: count and share of the row.",
		RowAxis: "Ruling", Axis: "Prediction", Classes: 4, Rows: []string{"none", "supplementary", "share", "joint", "own", "not read"},
		Cols: []string{"none", "supplementary", "share", "joint", "undetermined", "out of scope", "conflict"}}
	if lang == "zh" {
		h.Title, h.Note, h.RowAxis, h.Axis = "平台当事人的预测与裁判（证据层级：法院说理）†", "n = 140。单元格：数量与行比例。", "裁判", "预测"
		h.Rows = []string{"无责任", "补充", "按份", "连带", "自己责任", "未读出"}
		h.Cols = []string{"无责任", "补充", "按份", "连带", "未定", "不适用", "冲突"}
	}
	for i := range h.Rows {
		row := make([]int, len(h.Cols))
		for j := range row {
			row[j] = (i*7 + j*3) % 5
		}
		row[min(i, 3)] += 12
		h.Counts = append(h.Counts, row)
	}
	return h
}

// look writes figures to the folder named by FIGURE_DIR for a person to look at.
func look(t *testing.T, name string, d Drawing, f *Font) {
	dir := os.Getenv("FIGURE_DIR")
	if dir == "" {
		return
	}
	for _, w := range Widths {
		var b bytes.Buffer
		if err := Write(&b, d, f, "png", w); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, name+map[int]string{85: "-85", 170: "-170"}[w]+".png"), b.Bytes(), 0o644)
		b.Reset()
		Write(&b, d, f, "pdf", w)
		os.WriteFile(filepath.Join(dir, name+map[int]string{85: "-85", 170: "-170"}[w]+".pdf"), b.Bytes(), 0o644)
	}
}

func mustFont(t *testing.T, lang string) *Font {
	t.Helper()
	f, err := FindFont(lang, "")
	if errors.Is(err, ErrNoFont) {
		t.Skip("no Chinese TrueType font here (Debian: fonts-lxgw-wenkai)")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSameBytesTwice(t *testing.T) {
	f := mustFont(t, "en")
	for _, format := range Formats {
		for _, w := range Widths {
			var a, b bytes.Buffer
			for _, out := range []*bytes.Buffer{&a, &b} {
				if err := Write(out, sampleHeat("en"), f, format, w); err != nil {
					t.Fatal(err)
				}
			}
			if a.Len() == 0 || !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s at %d mm: %d bytes, not the same twice", format, w, a.Len())
			}
		}
	}
}

func TestHeatInChinese(t *testing.T) {
	f := mustFont(t, "zh")
	look(t, "heat-zh", sampleHeat("zh"), f)
	var b bytes.Buffer
	if err := Write(&b, sampleHeat("zh"), f, "svg", 85); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "自己责任") {
		t.Error("Chinese labels are not text in the SVG")
	}
	var p bytes.Buffer
	if err := Write(&p, sampleHeat("zh"), f, "pdf", 85); err != nil {
		t.Fatal(err)
	}
	if p.Len() > 200_000 {
		t.Errorf("PDF of %d bytes: the font is not a subset", p.Len())
	}
}

func TestHeatInEnglish(t *testing.T) { look(t, "heat-en", sampleHeat("en"), mustFont(t, "en")) }

func TestMissingGlyphIsNamed(t *testing.T) {
	h := sampleHeat("zh")
	err := Write(&bytes.Buffer{}, h, mustFont(t, "en"), "svg", 85)
	if err == nil || !strings.Contains(err.Error(), "U+") || !strings.Contains(err.Error(), "--font") {
		t.Errorf("want the character and a remedy, got %v", err)
	}
}

func TestFontFileThatIsNoFont(t *testing.T) {
	p := filepath.Join(t.TempDir(), "x.ttf")
	os.WriteFile(p, []byte("no font"), 0o644)
	if _, err := FindFont("zh", p); err == nil || !strings.Contains(err.Error(), "TrueType") {
		t.Errorf("got %v", err)
	}
}

func TestHeatData(t *testing.T) {
	head, rows := sampleHeat("en").Data()
	if len(head) != 5 || len(rows) != 42 || rows[0][2] != "12" {
		t.Errorf("head %v, %d rows, first %v", head, len(rows), rows[0])
	}
}
