package figure

import (
	"image/color"
	"math"
	"testing"
)

func brightness(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// TestPartsAreApartInGrey: any two parts of a bar may touch, and a printer may have no colours.
func TestPartsAreApartInGrey(t *testing.T) {
	for i, a := range partColours {
		for _, b := range partColours[i+1:] {
			x, y := brightness(a), brightness(b)
			if c := (max(x, y) + 0.05) / (min(x, y) + 0.05); c < 1.25 {
				t.Errorf("%v and %v: %.2f", a, b, c)
			}
		}
	}
}
