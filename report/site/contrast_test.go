package site

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var customColour = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`)

// themes are the colours of the style sheet, of the light theme and of both forms of the dark one.
func themes(t *testing.T) map[string]map[string]string {
	t.Helper()
	raw, err := assets.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for name, selector := range map[string]string{"light": ":root { color-scheme: light", "dark": ":root:not([data-theme=light]) {", "dark chosen": ":root[data-theme=dark] {"} {
		_, rest, ok := strings.Cut(string(raw), selector)
		if !ok {
			t.Fatalf("no %q in the style sheet", selector)
		}
		block, _, _ := strings.Cut(rest, "}")
		out[name] = map[string]string{}
		for _, m := range customColour.FindAllStringSubmatch(block, -1) {
			out[name][m[1]] = m[2]
		}
	}
	return out
}

// luminance is that of WCAG 2.1.
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(v) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over is a colour of the matrix: the hit colour at an opacity over the paper.
func over(paper string, hit [3]float64, alpha float64) string {
	out := ""
	for i := range 3 {
		v, _ := strconv.ParseUint(paper[2*i:2*i+2], 16, 8)
		out += fmt.Sprintf("%02x", int(math.Round(float64(v)*(1-alpha)+hit[i]*alpha)))
	}
	return out
}

// TestContrast holds text to 4.5:1 and frames of controls and the focus to 3:1 (WCAG 2.1 AA), in every theme.
func TestContrast(t *testing.T) {
	if c := contrast("000000", "ffffff"); math.Abs(c-21) > 1e-9 {
		t.Fatalf("black on white is %v", c)
	}
	hits := map[string][3]float64{"light": {0, 114, 178}, "dark": {86, 180, 233}, "dark chosen": {86, 180, 233}}
	for theme, c := range themes(t) {
		need := func(what, a, b string, least float64) {
			if a == "" || b == "" {
				t.Fatalf("%s: a colour of %s is missing", theme, what)
			}
			if got := contrast(a, b); got < least {
				t.Errorf("%s: %s has %.2f, needs %.1f", theme, what, got, least)
			}
		}
		for _, ground := range []string{"paper", "soft"} {
			for _, text := range []string{"ink", "quiet", "link"} {
				need(text+" on "+ground, c[text], c[ground], 4.5)
			}
			need("focus on "+ground, c["focus"], c[ground], 3)
			need("frame of controls on "+ground, c["quiet"], c[ground], 3)
		}
		for _, mark := range []string{"court", "lower", "plaintiff", "defendant", "third", "norm", "ruling", "hand"} {
			need("ink on mark "+mark, c["ink"], c["m-"+mark], 4.5)
		}
		for _, alpha := range []float64{0.08, 0.18, 0.3, 0.42} {
			need(fmt.Sprintf("ink on a cell of %v", alpha), c["ink"], over(c["paper"], hits[theme], alpha), 4.5)
		}
	}
}
