package pipeline

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// The three kinds of groups, in the order of the columns of the table groups.
const (
	groupFamily  = iota // own and cited lower case numbers
	groupSeries         // same plaintiffs and platform operators
	groupNearDup        // texts alike but for names and numbers
	groupKinds
)

var groupLetter = [groupKinds]string{"f", "s", "n"}

// groupKey says that all cases with it belong to one group of its kind.
type groupKey struct {
	kind byte
	key  uint64
}

// groupKeys are the keys of a case.
func groupKeys(c *judgment.Case) (out []groupKey) {
	for _, number := range append([]string{c.Header.CaseNumber}, c.Header.CitedNumbers...) {
		if n := plainNumber(number); n != "" {
			out = append(out, groupKey{groupFamily, hash64(n)})
		}
	}
	if k := seriesKey(c); k != "" {
		out = append(out, groupKey{groupSeries, hash64(k)})
	}
	for band, k := range bands(shape(c)) {
		out = append(out, groupKey{groupNearDup, k ^ uint64(band)<<60})
	}
	return out
}

var numberMarks = strings.NewReplacer("（", "", "）", "", "(", "", ")", "", "〔", "", "〕", "", "[", "", "]", "", " ", "", "\u3000", "")

func plainNumber(s string) string { return numberMarks.Replace(s) }

// seriesKey is "" for a case without plaintiff or platform operator.
func seriesKey(c *judgment.Case) string {
	var from, against []string
	for _, p := range c.Parties {
		if p.Role == "plaintiff" {
			from = append(from, p.Name)
		}
		if p.IsPlatformOperator {
			against = append(against, p.Name)
		}
	}
	if len(from) == 0 || len(against) == 0 {
		return ""
	}
	slices.Sort(from)
	slices.Sort(against)
	return strings.Join(from, "|") + "\n" + strings.Join(against, "|")
}

// shape is the text without head, parties and tail, without parties' names, digits, Chinese numerals, punctuation and
// white space: what is left when only names and numbers may differ.
func shape(c *judgment.Case) []rune {
	var names []string
	for _, p := range c.Parties {
		for _, n := range append([]string{p.Name}, p.ShortNames...) {
			if n != "" {
				names = append(names, n, "")
			}
		}
	}
	drop, common := strings.NewReplacer(names...), shapes()
	var out []rune
	for _, s := range c.Sections {
		switch s.Kind {
		case judgment.SecHead, judgment.SecParties, judgment.SecFees, judgment.SecTail, judgment.SecAppendix:
			continue
		}
		for _, r := range drop.Replace(s.Span.Of(c.Text)) {
			if r < 1<<16 && common[r] || r >= 1<<16 && unicode.IsLetter(r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// shapes says of each character of the basic plane whether it belongs to the shape: a letter that is no numeral, unit of
// money or of a date.
var shapes = sync.OnceValue(func() []bool {
	out := make([]bool, 1<<16)
	for r := range rune(len(out)) {
		out[r] = unicode.IsLetter(r) && !strings.ContainsRune("零〇一二三四五六七八九十百千万元角分年月日", r)
	}
	return out
})

const (
	shingle    = 5   // characters
	leastShape = 200 // characters; shorter texts are alike by chance
	bins       = 32
	bandCount  = 4
)

// bands is a one-permutation minhash of the shape's shingles, cut into bandCount bands of eight: texts that share 95 % of their
// shingles agree in a band with probability 0.99, texts that share 60 % with 0.06. nil for short texts.
func bands(shape []rune) (out []uint64) {
	if len(shape) < leastShape {
		return nil
	}
	var least [bins]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for i := 0; i+shingle <= len(shape); i++ {
		h := uint64(14695981039346656037)
		for _, r := range shape[i : i+shingle] {
			h = (h ^ uint64(r)) * 1099511628211
		}
		h = mix(h)
		if b := h >> 59; h < least[b] {
			least[b] = h
		}
	}
	for b := range bandCount {
		h := uint64(b)
		for _, v := range least[b*bins/bandCount : (b+1)*bins/bandCount] {
			h = mix(h ^ v)
		}
		out = append(out, h>>4)
	}
	return out
}

func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// grouper joins cases that share keys, whatever their number: keys are sorted on disk, and 20 bytes a case stay in memory.
type grouper struct {
	ids   []uint64
	roots [groupKinds][]uint32
	keys  *sorter
}

func newGrouper(dir string) (*grouper, error) {
	s, err := newSorter(dir)
	return &grouper{keys: s}, err
}

// add adds the next case.
func (g *grouper) add(caseID string, keys []groupKey) error {
	id, err := hex.DecodeString(strings.TrimPrefix(caseID, "c"))
	if err != nil || len(id) != 8 {
		return fmt.Errorf("%w: case_id %q is not c and 16 hexadecimal digits", columnar.ErrDamaged, caseID)
	}
	n := uint32(len(g.ids))
	g.ids = append(g.ids, binary.BigEndian.Uint64(id))
	for k := range g.roots {
		g.roots[k] = append(g.roots[k], n)
	}
	for _, k := range keys {
		var e entry
		e[0] = k.kind
		binary.BigEndian.PutUint64(e[1:], k.key)
		binary.BigEndian.PutUint32(e[9:], n)
		if err := g.keys.add(e); err != nil {
			return err
		}
	}
	return nil
}

func (g *grouper) find(kind byte, n uint32) uint32 {
	r := g.roots[kind]
	for r[n] != n {
		r[n] = r[r[n]]
		n = r[n]
	}
	return n
}

// write writes a row for each case; a group bears the number of its first case.
func (g *grouper) write(w *columnar.Writer) error {
	var first entry
	started := false
	err := g.keys.each(func(e entry) error {
		if !started || string(first[:9]) != string(e[:9]) {
			first, started = e, true
			return nil
		}
		a, b := g.find(e[0], binary.BigEndian.Uint32(first[9:])), g.find(e[0], binary.BigEndian.Uint32(e[9:]))
		g.roots[e[0]][max(a, b)] = min(a, b)
		return nil
	})
	if err != nil {
		return err
	}
	b := dataset.NewBatch(dataset.Named("groups"))
	for n := range g.ids {
		row := b.Row().Text(fmt.Sprintf("c%016x", g.ids[n]))
		for kind := range groupKinds {
			row.Text(fmt.Sprintf("%s%016x", groupLetter[kind], g.ids[g.find(byte(kind), uint32(n))]))
		}
		row.End()
		if b.N == 4096 || n == len(g.ids)-1 {
			if err := w.Write(b, 0, b.N); err != nil {
				return err
			}
			b.Reset()
		}
	}
	return nil
}
