package sample

import (
	"fmt"
	"slices"
	"strings"
)

// Ways to spread the sample over the strata.
const (
	Proportional = "proportional"
	Neyman       = "neyman" // by size times standard deviation of the ruling as read (liable or not), smoothed
	Equal        = "equal"
)

// Oversampled kinds of unit.
const (
	OverLiable       = "liable"
	OverDisagreement = "disagreement"
)

// Design says how to draw.
type Design struct {
	N           int      `json:"n"`                     // units of kind Unit wanted
	Unit        string   `json:"unit"`                  // party | case
	Strata      []string `json:"strata"`                // variables, may be empty
	Allocation  string   `json:"allocation"`            // proportional | neyman | equal
	Oversample  []string `json:"oversample"`            // liable, disagreement
	Factor      float64  `json:"factor"`                // how many times as often those are drawn
	Cluster     string   `json:"cluster,omitempty"`     // court: whole courts are drawn first
	PerCluster  int      `json:"per_cluster,omitempty"` // units drawn in each, 0: all
	Seed        uint64   `json:"seed"`                  // of the generator PCG
	Development bool     `json:"development"`           // for trying out cues and codebook; never validation
	Coders      []string `json:"coders"`
	Variables   []string `json:"variables"` // coded, in the order of the sheet
}

// check says what of the design cannot be done; f may be nil.
func (d *Design) check(f *Frame) error {
	switch {
	case d.N <= 0:
		return fmt.Errorf("sample: give the number of units to draw, for example --n 100")
	case d.Unit != "party" && d.Unit != "case":
		return fmt.Errorf("sample: unit %q: choose party or case", d.Unit)
	case d.Allocation != Proportional && d.Allocation != Neyman && d.Allocation != Equal:
		return fmt.Errorf("sample: allocation %q: choose proportional, neyman or equal", d.Allocation)
	case d.Cluster != "" && d.Cluster != "court":
		return fmt.Errorf("sample: cluster %q: only court is known", d.Cluster)
	case d.Cluster != "" && (len(d.Oversample) > 0 || d.Allocation != Proportional):
		return fmt.Errorf("sample: whole courts are drawn with equal chances; leave --oversample and --allocation out or leave --cluster out")
	case len(d.Oversample) > 0 && d.Factor < 1:
		return fmt.Errorf("sample: factor %v: oversampling needs 1 or more", d.Factor)
	case len(d.Coders) == 0:
		return fmt.Errorf("sample: name at least one coder, for example --coders a,b")
	case len(d.Variables) == 0:
		return fmt.Errorf("sample: name the variables to code")
	}
	for _, o := range d.Oversample {
		if o != OverLiable && o != OverDisagreement {
			return fmt.Errorf("sample: cannot oversample %q: choose liable, disagreement or both", o)
		}
	}
	for i, c := range d.Coders {
		if c == "" || strings.ContainsAny(c, `/\:*?"<>|.`) || slices.Contains(d.Coders[:i], c) {
			return fmt.Errorf("sample: coder %q: give each coder a short name of letters or digits, each once", c)
		}
	}
	if f == nil {
		return nil
	}
	for _, s := range d.Strata {
		if !f.has(s) {
			return fmt.Errorf("sample: stratum variable %q is not known: choose among %s, or a variable of the vocabulary", s, strings.Join(HeaderAttributes, ", "))
		}
	}
	return nil
}

// Simple reports whether the sample is a simple random sample of parties: every party had the same chance, alone.
func (d *Design) Simple() bool {
	return d.Unit == "party" && len(d.Strata) == 0 && len(d.Oversample) == 0 && d.Cluster == ""
}
