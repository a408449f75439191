package features_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/judgment"
)

// Since 2024 most published judgments mask every name. TestFullyMasked masks the companies and brands of the sample
// and of the held-out judgments and asks that the operators are still found.
func TestFullyMasked(t *testing.T) {
	r := reader(t)
	for _, set := range []struct{ name, table, folder string }{
		{"sample", filepath.Join("..", "data", "sample", "README.md"), filepath.Join("..", "data", "sample", "judgments")},
		{"held", filepath.Join("testdata", "held", "README.md"), filepath.Join("testdata", "held")},
	} {
		found, all, wrong := 0, 0, 0
		for _, want := range codes(t, set.table) {
			if want["operator"] == "-" {
				continue
			}
			body, err := os.ReadFile(filepath.Join(set.folder, want["file"]+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			open := r.Read(features.Document{Text: string(body)})
			masked, as := mask(string(body), open.Parties)
			name := want["party"]
			if m := as[name]; m != "" {
				name = m
			}
			got := "no party"
			for _, p := range r.Read(features.Document{Text: masked}).Parties {
				if p.Name == name {
					got = map[bool]string{true: "yes", false: "no"}[p.IsPlatformOperator]
				}
			}
			switch {
			case want["operator"] == "yes":
				all++
				if got == "yes" {
					found++
				} else {
					t.Logf("%s: %s (%s) is not found: %s", want["file"], name, want["party"], got)
				}
			case got == "yes":
				wrong++
				t.Logf("%s: %s (%s) is no operator", want["file"], name, want["party"])
			}
		}
		t.Logf("%s: %d of %d operators found, %d wrongly", set.name, found, all, wrong)
		if found*10 < all*9 || wrong*10 > all {
			t.Errorf("%s: %d of %d operators found in masked text, %d wrongly", set.name, found, all, wrong)
		}
	}
}

var (
	shortBracket = regexp.MustCompile(`（(?:以下简称|下称|以下称)[^）]*）`)
	quotedName   = regexp.MustCompile(`“[^”。；]{1,16}”`)
)

// mask replaces each organisation's full and short names by 某某公司N and every quoted name by “某某”.
func mask(text string, parties []judgment.Party) (string, map[string]string) {
	type pair struct{ from, to string }
	var pairs []pair
	as := map[string]string{}
	for _, p := range parties {
		if p.Kind != "organization" {
			continue
		}
		to := fmt.Sprintf("某某公司%d", len(as)+1)
		as[p.Name] = to
		for _, n := range append([]string{p.Name}, p.ShortNames...) {
			pairs = append(pairs, pair{n, to})
		}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return len(pairs[i].from) > len(pairs[j].from) })
	text = shortBracket.ReplaceAllString(text, "")
	for i, p := range pairs { // placeholders first: a short name may stand inside 某某公司
		text = strings.ReplaceAll(text, p.from, fmt.Sprintf("\x01%c", rune('A'+i)))
	}
	for i, p := range pairs {
		text = strings.ReplaceAll(text, fmt.Sprintf("\x01%c", rune('A'+i)), p.to)
	}
	return quotedName.ReplaceAllString(text, "“某某”"), as
}
