package operator

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"regexp/syntax"
	"sync"

	"github.com/goccy/go-yaml"

	"caipan/features/literal"
	"caipan/model/text"
)

//go:embed tables/*.yaml
var embedded embed.FS

var builtin = sync.OnceValues(func() (*Tables, error) {
	sub, err := fs.Sub(embedded, "tables")
	if err != nil {
		return nil, err
	}
	return Load(sub)
})

// Builtin returns the tables that are part of the program.
func Builtin() (*Tables, error) { return builtin() }

// Load reads brands.yaml, statements.yaml, service.yaml, disputes.yaml and words.yaml from a folder. A file that is absent there is
// taken from the program's own; files brands-*.yaml add to the brands. A faulty one is refused with name and place.
func Load(dir fs.FS) (*Tables, error) {
	var s struct {
		Statements []statement `yaml:"statements"`
	}
	var v struct {
		Services []service `yaml:"services"`
	}
	var d disputes
	var w words
	for _, f := range []struct {
		name string
		into any
	}{{"statements.yaml", &s}, {"service.yaml", &v}, {"disputes.yaml", &d}, {"words.yaml", &w}} {
		raw, err := ownOr(dir, f.name)
		if err != nil {
			return nil, err
		}
		if err := yaml.UnmarshalWithOptions(raw, f.into, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("operator: %s: %w", f.name, err)
		}
	}
	brands, err := loadBrands(dir)
	if err != nil {
		return nil, fmt.Errorf("operator: %w", err)
	}
	t := &Tables{brands: newBrandTable(brands), statements: s.Statements, services: v.Services, disputes: d, words: w}
	return t, t.check()
}

// ownOr reads a file of the folder or, where it has none, the program's own.
func ownOr(dir fs.FS, name string) ([]byte, error) {
	raw, err := fs.ReadFile(dir, name)
	if err != nil {
		return embedded.ReadFile("tables/" + name)
	}
	return raw, nil
}

// loadBrands reads the brands of brands.yaml and brands-*.yaml; the user's stand last.
func loadBrands(dir fs.FS) ([]brand, error) {
	more, err := fs.Glob(dir, "brands-*.yaml")
	if err != nil {
		return nil, err
	}
	reader, err := newBrandReader()
	if err != nil {
		return nil, err
	}
	var out []brand
	for _, name := range append([]string{"brands.yaml"}, more...) {
		raw, err := ownOr(dir, name)
		if err != nil {
			return nil, err
		}
		out = append(out, reader.read(name, raw)...)
	}
	return out, reader.faults.Err()
}

// disputes is tables/disputes.yaml.
type disputes struct {
	ThirdParties      []string `yaml:"third_parties"`
	ContractCauses    []string `yaml:"contract_causes"`
	IntermediaryWords []string `yaml:"intermediary_words"`
	OwnShopServices   []string `yaml:"own_shop_services"`
	MerchantQuarrel   struct {
		Causes []string `yaml:"causes"`
		Words  []string `yaml:"words"`

		anyWord *literal.Set
	} `yaml:"merchant_quarrel"`

	anyThirdParty, anyIntermediary *literal.Set
}

// words is tables/words.yaml.
type words struct {
	PlatformNouns  []string `yaml:"platform_nouns"`
	OperatorNouns  []string `yaml:"operator_nouns"`
	PlatformPlaces []string `yaml:"platform_places"`
	NegationBefore []string `yaml:"negation_before"`
	NegationInside []string `yaml:"negation_inside"`
	GroupWords     []string `yaml:"group_words"`
	SelfWords      []string `yaml:"self_words"`
	StemEnds       []string `yaml:"stem_ends"`
	NameFollowers  []string `yaml:"name_followers"`

	anyPlace, negation *literal.Set
	placeOrEscape      *literal.Set // for raw texts
	nameFollower       *literal.Set
	starts             starters
}

// index makes the sets by which the words are found.
func (w *words) index() {
	w.anyPlace, w.negation, w.starts = literal.NewSet(w.PlatformPlaces...), literal.NewSet(w.NegationInside...), mentionStarts(w)
	w.nameFollower = literal.NewSet(w.NameFollowers...)
	w.placeOrEscape = literal.NewSet(append(text.Escapes(), w.PlatformPlaces...)...)
}

func (d *disputes) index() {
	d.anyThirdParty, d.anyIntermediary = literal.NewSet(d.ThirdParties...), literal.NewSet(d.IntermediaryWords...)
	d.MerchantQuarrel.anyWord = literal.NewSet(d.MerchantQuarrel.Words...)
}

func (t *Tables) check() error {
	macro := macros(t.words)
	var err error
	if t.negated, err = regexp.Compile(anyOf(t.words.NegationBefore) + `[^，。；]{0,12}$`); err != nil {
		return fmt.Errorf("operator: words.yaml: negation_before: %w", err)
	}
	if t.quoted, err = regexp.Compile(macro.Replace(quotedPlatform)); err != nil {
		return fmt.Errorf("operator: words.yaml: platform_nouns: %w", err)
	}
	list := make([]needs, len(t.statements))
	for i := range t.statements {
		s := &t.statements[i]
		switch s.Says {
		case "operator", "seller", "merchant", "nsp_other", "client", "denial":
		default:
			return fmt.Errorf("operator: statements.yaml: %s: says %q; write operator, denial, seller, merchant, nsp_other or client", s.ID, s.Says)
		}
		re, err := regexp.Compile(macro.Replace(s.Pattern))
		if err != nil {
			return fmt.Errorf("operator: statements.yaml: %s: pattern: %w", s.ID, err)
		}
		if s.Yes == "" || s.No == "" {
			return fmt.Errorf("operator: statements.yaml: %s: give a sentence that must match (yes) and one that must not (no)", s.ID)
		}
		parsed, err := syntax.Parse(macro.Replace(s.Pattern), syntax.Perl)
		if err != nil {
			return fmt.Errorf("operator: statements.yaml: %s: pattern: %w", s.ID, err)
		}
		s.re, list[i] = re, needsOf(parsed)
	}
	t.groups, t.gate, t.counts = groupsOf(t.statements), newGate(list), newCounter(t.services)
	t.words.index()
	t.disputes.index()
	return nil
}
