// Package citation reads the norms that a judgment names: law, article, paragraph and item, whether the deciding
// court bases its judgment on them, who names them, and whether they were in force on the judgment's day.
//
// The names of laws come from the vocabulary (model/vocabulary); titles that it does not list are kept as printed.
// The package knows no content of any norm and refuses to guess which law a flattened title meant if several fit.
// Appended texts of norms (附相关法律条文) are not citations. Imported by features.
package citation

import (
	_ "embed"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
)

//go:embed titles.yaml
var titlesYAML []byte

type flattened struct {
	Printed string `yaml:"printed"`
	Title   string `yaml:"title"`
	Example string `yaml:"example"`
	Counter string `yaml:"counter"`
}

type titles struct {
	Endings   []string    `yaml:"endings"`
	NotNorms  []string    `yaml:"not_norms"`
	Flattened []flattened `yaml:"flattened"`
	Back      []string    `yaml:"back"`

	restored map[string]string            // folded printed title -> full title
	names    map[string]*vocabulary.Law   // names that may stand without title marks
	titled   map[string][]*vocabulary.Law // every listed name in plain form -> versions, newest first
	lastChar [1 << 10]uint64              // last characters of those names and of the words for the law named last
	longest  int                          // bytes of the longest of them
	vocab    *vocabulary.Vocabulary
	endings  *text.Words
	notNorms *text.Words
}

var loaded = sync.OnceValues(load)

// Check loads the tables and reports their faults; Read relies on it.
func Check() error { _, err := loaded(); return err }

func load() (*titles, error) {
	t := &titles{restored: map[string]string{}, names: map[string]*vocabulary.Law{}, titled: map[string][]*vocabulary.Law{}}
	if err := yaml.UnmarshalWithOptions(titlesYAML, t, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("citation: titles.yaml: %w", err)
	}
	v, err := vocabulary.Load()
	if err != nil {
		return nil, fmt.Errorf("citation: the names of laws: %w", err)
	}
	t.vocab = v
	t.endings, t.notNorms = text.NewWords(t.Endings...), text.NewWords(t.NotNorms...)
	for _, f := range t.Flattened {
		t.restored[plainTitle(f.Printed)] = f.Title
	}
	for _, l := range v.Laws {
		for _, n := range append([]string{l.Title, l.Short}, l.Aliases...) {
			n = baseTitle(n)
			t.title(n, l)
			if utf8.RuneCountInString(n) < 3 || t.names[n] != nil {
				continue
			}
			t.names[n] = l
			t.ends(n)
			t.longest = max(t.longest, len(n))
		}
	}
	for _, b := range t.Back {
		t.ends(b)
	}
	return t, nil
}

func (t *titles) ends(name string) {
	r, _ := utf8.DecodeLastRuneInString(name)
	if r < 1<<16 {
		t.lastChar[r>>6] |= 1 << (r & 63)
	}
}

// title lists a law under a plain form of one of its names.
func (t *titles) title(name string, l *vocabulary.Law) {
	key := plainTitle(name)
	for _, other := range t.titled[key] {
		if other == l {
			return
		}
	}
	t.titled[key] = append(t.titled[key], l)
}

// versions finds the versions of a law by its name as printed.
func (t *titles) versions(name string) []*vocabulary.Law {
	plain := plainTitle(baseTitle(name))
	for _, try := range []string{plain, "最高人民法院" + plain, strings.ReplaceAll(plain, "、", "")} {
		if list := t.titled[try]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// at picks the version in force on the day, else the newest.
func at(list []*vocabulary.Law, date string) *vocabulary.Law {
	for _, l := range list {
		if l.InForce(date) {
			return l
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// mention is a law named in the text: with title marks, without, or by 该法.
type mention struct {
	start, end int // end: behind the title mark
	law        string
	norm       bool
}

// reader reads one judgment.
type reader struct {
	t      *titles
	text   string
	date   string
	laws   []mention
	short  map[string]string            // 以下简称《解释》
	norms  map[string]string            // printed title -> law
	listed map[string][]*vocabulary.Law // name -> versions, as found
	out    []judgment.Citation
}

// Read lists the norms named in the text, in its order, each law, article, paragraph and item once per role and
// holder. A law named without an article is listed (article 0) only as a basis. Without sections all are "cited".
func Read(canonical string, secs []judgment.Section, h judgment.Header) []judgment.Citation {
	t, err := loaded()
	if err != nil {
		return nil
	}
	r := &reader{t: t, text: canonical, date: h.JudgmentDate, norms: map[string]string{}, listed: map[string][]*vocabulary.Law{}}
	if len(secs) == 0 {
		secs = []judgment.Section{{Kind: judgment.SecOther, Span: judgment.Span{End: len(canonical)}}}
	}
	end := 0
	for _, s := range secs {
		if s.Kind != judgment.SecAppendix {
			end = max(end, s.Span.End)
		}
	}
	r.findTitles(min(end, len(canonical)))
	r.marked(secs)
	r.unmarked(secs, min(end, len(canonical)))
	slices.SortStableFunc(r.out, func(a, b judgment.Citation) int { return a.Span.Start - b.Span.Start })
	return unique(r.out)
}

// sectionAt returns the section that holds offset i.
func sectionAt(secs []judgment.Section, i int) *judgment.Section {
	k := sort.Search(len(secs), func(k int) bool { return secs[k].Span.End > i })
	if k == len(secs) {
		return &judgment.Section{}
	}
	return &secs[k]
}

// marked reads the articles behind each title in marks.
func (r *reader) marked(secs []judgment.Section) {
	for _, m := range r.laws {
		s := sectionAt(secs, m.start)
		if s.Kind == judgment.SecAppendix || !m.norm {
			continue
		}
		list, _ := articles(r.text, m.end, min(len(r.text), s.Span.End))
		if len(list) == 0 && s.Kind == judgment.SecBasis && !s.Quoted {
			r.add(m.law, place{start: m.start, end: m.end}, m.start, s)
		}
		for i, a := range list {
			from := a.start
			if i == 0 {
				from = m.start
			}
			r.add(m.law, a, from, s)
		}
	}
}

var ordinal = text.NewNeedle("第")

// unmarked reads articles behind a law's name without title marks, or behind 该法.
func (r *reader) unmarked(secs []judgment.Section, end int) {
	done := make([]judgment.Span, len(r.out))
	for i, c := range r.out {
		done[i] = c.Span
	}
	slices.SortStableFunc(done, func(a, b judgment.Span) int { return a.Start - b.Start })
	k, behind := 0, 0
	for at := 0; at < end; {
		i := ordinal.Index(r.text[at:end])
		if i < 0 {
			return
		}
		i += at
		at = i + len("第")
		for k < len(done) && done[k].End <= i {
			k++
		}
		if i < behind || k < len(done) && done[k].Start <= i {
			continue
		}
		law, start := r.nameBefore(i)
		if law == "" {
			continue
		}
		s := sectionAt(secs, i)
		if s.Kind == judgment.SecAppendix {
			continue
		}
		list, stop := articles(r.text, i, min(len(r.text), s.Span.End))
		for n, a := range list {
			from := a.start
			if n == 0 {
				from = start
			}
			r.add(law, a, from, s)
		}
		behind = max(behind, stop)
	}
}

// nameBefore returns the law whose name without marks ends at i, or the one that 该法 means.
func (r *reader) nameBefore(i int) (law string, start int) {
	if last, _ := utf8.DecodeLastRuneInString(r.text[:i]); last >= 1<<16 || r.t.lastChar[last>>6]>>(last&63)&1 == 0 {
		return "", i
	}
	from := max(0, i-r.t.longest)
	for k := from; k < i; k++ {
		if !utf8.RuneStart(r.text[k]) {
			continue
		}
		if l := r.t.names[r.text[k:i]]; l != nil {
			return r.lawName(r.text[k:i]), k
		}
	}
	for _, b := range r.t.Back {
		if !strings.HasSuffix(r.text[:i], b) {
			continue
		}
		k := sort.Search(len(r.laws), func(k int) bool { return r.laws[k].start >= i }) - 1
		for ; k >= 0; k-- {
			if r.laws[k].norm {
				return r.laws[k].law, i - len(b)
			}
		}
	}
	return "", i
}

// add appends one citation.
func (r *reader) add(law string, a place, from int, s *judgment.Section) {
	c := judgment.Citation{Law: law, Article: a.article, Paragraph: a.paragraph, Item: a.item, Role: "cited", Holder: holder(s),
		Span: judgment.Span{Start: from, End: a.end}, InForce: r.inForce(law, a.article)}
	if s.Kind == judgment.SecBasis && !s.Quoted {
		c.Role = "basis"
	}
	c.Quote = c.Span.Of(r.text)
	r.out = append(r.out, c)
}

// inForce says whether the law and, where it is listed, the article was in force on the judgment's day.
func (r *reader) inForce(law string, article int) string {
	list := r.versions(law)
	if len(list) == 0 || r.date == "" {
		return "unknown"
	}
	l := at(list, r.date)
	if !l.InForce(r.date) {
		return "no"
	}
	if l.CurrentFrom != "" {
		return "yes"
	}
	if n := r.t.vocab.Article(l.Code, article); n != nil && !n.InForce(r.date) {
		return "no"
	}
	return "yes"
}

// versions are those of the law of a name; judgments name few laws many times.
func (r *reader) versions(name string) []*vocabulary.Law {
	list, ok := r.listed[name]
	if !ok {
		list = r.t.versions(name)
		r.listed[name] = list
	}
	return list
}

var holders = map[string]string{"court": "this_court", "lower_court": "lower_court", "plaintiff": "plaintiff", "defendant": "defendant", "third_party": "third_party"}

func holder(s *judgment.Section) string { return holders[s.Holder] }

// unique keeps the first of equal citations; a law named without article says nothing beside its articles.
func unique(list []judgment.Citation) []judgment.Citation {
	if len(list) < 2 {
		return list
	}
	type key struct {
		law, role, holder        string
		article, paragraph, item int
	}
	seen, articled := make(map[key]bool, len(list)), map[key]bool{}
	for _, c := range list {
		if c.Article > 0 {
			articled[key{law: c.Law, role: c.Role}] = true
		}
	}
	out := list[:0]
	for _, c := range list {
		if c.Article == 0 && articled[key{law: c.Law, role: c.Role}] {
			continue
		}
		k := key{c.Law, c.Role, c.Holder, c.Article, c.Paragraph, c.Item}
		if !seen[k] {
			seen[k] = true
			out = append(out, c)
		}
	}
	return out
}
