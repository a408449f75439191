package figure

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"

	"caipan/report/agreement"
)

func sampleAlike() *Alike {
	return &Alike{Title: "Who decides alike †", Note: "Percent decided alike, and of how many.", Tree: "decided differently",
		Names:  []string{"courts", "he2024 · paper_default", "security_duty_1198 · default"},
		Counts: [][]int{{56, 54, 30}, {54, 56, 28}, {30, 28, 40}}, Of: [][]int{{56, 56, 40}, {56, 56, 40}, {40, 40, 40}},
		Merges: []agreement.Merge{{A: 0, B: 1, Height: 0.036}, {A: 3, B: 2, Height: 0.275}}}
}

func sampleEffects() *Rows {
	return &Rows{Title: "Average marginal effects †", Note: "Binary logit.", Axis: "effect on the probability of liability", Scale: Points,
		Lines: []Interval{{Label: "law applied: after (before)", Group: "known before the reasoning", Value: 0.44, Lo: 0.13, Hi: 0.75, N: 21, Known: true, Beside: math.NaN()},
			{Label: "service type: ride, takeout, travel (shopping)", Group: "known before the reasoning", Value: -0.2, Lo: -1.4, Hi: 0.1, N: 10, Known: true, Beside: math.NaN()},
			{Label: "not estimable", Group: "known before the reasoning", N: 3, Beside: math.NaN()}},
		Refused: []string{"said by the reasoning: no model: fewer than 20 parties liable, or fewer than 20 not liable (12 of 27)"}}
}

func sampleWords() *Rows {
	return &Rows{Title: "Words by liability †", Note: "Ring: not below 0.05.", Axis: "log2 ratio: left none, right liable", Scale: Plain,
		Lines: []Interval{{Label: "first", Group: "facts", Value: 5.1, Lo: math.NaN(), Hi: math.NaN(), N: 9, Known: true, Beside: math.NaN()},
			{Label: "second", Group: "facts", Value: -6.9, Lo: math.NaN(), Hi: math.NaN(), N: 19, Known: true, Beside: math.NaN(), Hollow: true}}}
}

// TestAxisFitsItsValues: ends are ticks, zero is one of them, an effect never leaves -100% to 100%.
func TestAxisFitsItsValues(t *testing.T) {
	for _, x := range []struct {
		scale        Scale
		lo, hi       float64
		from, to     float64
		step         float64
		narrow, none bool
	}{
		{scale: Shares, lo: 0.2, hi: 0.3, from: 0, to: 1, step: 0.25},
		{scale: Shares, narrow: true, from: 0, to: 1, step: 0.5},
		{scale: Points, lo: -1.4, hi: 0.1, from: -1, to: 0.2, step: 0.2},
		{scale: Points, lo: 0.13, hi: 0.75, from: 0, to: 0.8, step: 0.2},
		{scale: Plain, lo: -6.9, hi: 5.1, from: -8, to: 6, step: 2},
		{scale: Plain, none: true, from: 0, to: 1, step: 0.2},
	} {
		lines := []Interval{{Value: x.lo, Lo: x.lo, Hi: x.hi, Known: !x.none}}
		width := 300.0
		if x.narrow {
			width = 90
		}
		a := x.scale.fit(lines, 0, width)
		if math.Abs(a.lo-x.from) > 1e-9 || math.Abs(a.hi-x.to) > 1e-9 || math.Abs(a.step-x.step) > 1e-9 {
			t.Errorf("%+v: from %v to %v by %v", x, a.lo, a.hi, a.step)
		}
	}
}

func TestRefusedStandsInTheFigure(t *testing.T) {
	f := mustFont(t, "en")
	for _, d := range []Drawing{sampleEffects(), &Rows{Title: "x", Refused: []string{"no model: fewer"}}, &Alike{Title: "x", Refused: []string{"no model: fewer"}}} {
		var b bytes.Buffer
		if err := Write(&b, d, f, "svg", 170); err != nil || !strings.Contains(b.String(), "no model: fewer") {
			t.Errorf("%T does not say why: %v", d, err)
		}
	}
}

// TestEveryPointOfTheSquareIsWritten: the data of the square are its lower half.
func TestEveryPointOfTheSquareIsWritten(t *testing.T) {
	_, rows := sampleAlike().Data()
	if len(rows) != 3 || strings.Join(rows[0], " ") != "courts he2024 · paper_default 54 56 0.9643" {
		t.Errorf("%v", rows)
	}
}

func TestBilingualJoinsEveryLabel(t *testing.T) {
	f := mustFont(t, "zh")
	zh := sampleRows("zh")
	d := Bilingual(sampleRows("en"), zh)
	for _, want := range []string{"Leakage ladder: liable or not by evidence policy † 泄漏阶梯：各证据层级下是否有责的一致性", "facts 查明事实", "he2024"} {
		if !strings.Contains("\n"+strings.Join(d.Labels(), "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("no label %q in %q", want, d.Labels())
		}
	}
	if zh.Lines[0].Label != "诉辩" {
		t.Error("the drawing that was given has changed")
	}
	look(t, "rows-both", d, f)
	look(t, "heat-both", Bilingual(sampleHeat("en"), sampleHeat("zh")), f)
}

// TestOutlineFont draws with a font whose outlines are PostScript, from a collection: the labels become paths.
func TestOutlineFont(t *testing.T) {
	const file = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
	if _, err := os.Stat(file); err != nil {
		t.Skip("no Noto Sans CJK here (Debian: fonts-noto-cjk)")
	}
	f, err := FindFont("zh", file)
	if err != nil {
		t.Fatal(err)
	}
	if f.Searchable() {
		t.Error("PostScript outlines are taken for TrueType")
	}
	look(t, "heat-outline", sampleHeat("zh"), f)
	var first bytes.Buffer
	for _, format := range Formats {
		var a, b bytes.Buffer
		for _, out := range []*bytes.Buffer{&a, &b} {
			if err := Write(out, sampleHeat("zh"), f, format, 85); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) || a.Len() == 0 {
			t.Errorf("%s: %d bytes, not the same twice", format, a.Len())
		}
		if format == "pdf" {
			first = a
		}
	}
	if bytes.Contains(first.Bytes(), []byte("/FontFile")) || first.Len() > 300_000 {
		t.Errorf("the PDF of %d bytes embeds a font that it cannot", first.Len())
	}
	if err := f.Check([]string{"〇镕喆堃"}); err != nil {
		t.Error(err)
	}
}
