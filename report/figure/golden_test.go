package figure

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoldenImages holds the SVG of each kind of figure to a file that a person has looked at.
func TestGoldenImages(t *testing.T) {
	f := mustFont(t, "en")
	for name, d := range map[string]Drawing{"heat": sampleHeat("en"), "rows": sampleRows("en"), "stack": sampleStack(), "timeline": sampleTimeline(),
		"alike": sampleAlike(), "effects": sampleEffects(), "words": sampleWords()} {
		var got bytes.Buffer
		if err := Write(&got, d, f, "svg", 85); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".svg")
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatalf("%v; write it with UPDATE_GOLDEN=1 and look at it", err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs from %s; if that is meant, run with UPDATE_GOLDEN=1 and look at it", name, golden)
		}
	}
}

// TestPDFTextIsSearchable asks pdftotext for the Chinese of a figure.
func TestPDFTextIsSearchable(t *testing.T) {
	f := mustFont(t, "zh")
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext here (Debian: poppler-utils)")
	}
	file := filepath.Join(t.TempDir(), "f.pdf")
	var b bytes.Buffer
	if err := Write(&b, sampleHeat("zh"), f, "pdf", 170); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"平台当事人的预测与裁判", "自己责任", "连带"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("pdftotext does not find %s", want)
		}
	}
}
