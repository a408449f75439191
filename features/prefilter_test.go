package features_test

import (
	"testing"

	"caipan/features"
)

// The prefilter may only over-select: a platform word written with entities or split by invisible characters is seen.
func TestPrefilterSeesThroughTheDump(t *testing.T) {
	r, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]bool{
		"被告系某购物平台的经营者":               true,
		"被告系某购物&#24179;&#21488;的经营者": true,
		"被告系某购物平\u200b台的经营者":         true,
		"被告系某面粉厂":                    false,
	} {
		if got := r.Prefilter(features.Document{Text: body}); got != want {
			t.Errorf("%q: %v, want %v", body, got, want)
		}
	}
}
