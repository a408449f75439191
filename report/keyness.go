package report

import (
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"caipan/model/doctrine"
	"caipan/model/judgment"
	"caipan/report/agreement"
)

// Bounds of the comparison of words.
const (
	keynessDocs  = 5  // judgments that a term must stand in
	keynessSide  = 10 // judgments that each side must have
	keynessLines = 20 // terms printed for each side of a contrast and part
)

// Parts of a judgment whose words are compared; the reasoning and the operative part say the result.
var keynessParts = []string{"pleadings", "facts"}

// keynessPart is the part to which a section belongs, "" for none.
func keynessPart(s *judgment.Section) string {
	switch s.Kind {
	case judgment.SecClaims, judgment.SecAnswer:
		return keynessParts[0]
	case judgment.SecFacts, judgment.SecUndisputed:
		if !s.Quoted {
			return keynessParts[1]
		}
	}
	return ""
}

// keynessKey is a contrast in a part: the class liable against none, or one type of liability against the others.
type keynessKey struct{ Part, Target string }

// keynessTally (词频) compares the gse terms of judgments by the liability of their platform parties. A judgment counts
// once, under the class of its parties; one whose parties got different classes, or none of the classes compared, is
// left out and counted.
type keynessTally struct {
	of                    map[keynessKey]*agreement.Keyness
	docs                  map[keynessKey][2]int
	classes               []string // types of liability, "none" left out
	cases, mixed, noTerms int

	words  agreement.Words
	place  []int32     // of each word in counts, from 1; all 0 between two documents
	counts []termCount // of the document at work
}

func newKeynessTally(classes []string) *keynessTally {
	return &keynessTally{of: map[keynessKey]*agreement.Keyness{}, docs: map[keynessKey][2]int{}, classes: without(classes, judgment.LabelNone)}
}

// add counts a judgment whose platform parties got the classes given ("" for a party outside the comparison).
// An error says that the terms of a section are not as the table terms has them.
func (k *keynessTally) add(c *judgment.Case, classes []string) error {
	k.cases++
	class := ""
	for _, x := range classes {
		if x == "" {
			continue
		}
		if class != "" && class != x {
			k.mixed++
			return nil
		}
		class = x
	}
	switch {
	case class == "":
		k.mixed++
		return nil
	case len(c.Terms) == 0:
		k.noTerms++
		return nil
	}
	for _, part := range keynessParts {
		terms, tokens := k.termsOfPart(c, part)
		if tokens == 0 {
			continue
		}
		if err := k.document(part, liable, class != judgment.LabelNone, terms, tokens); err != nil {
			return fmt.Errorf("case %s: %w", c.CaseID, err)
		}
		if class == judgment.LabelNone {
			continue
		}
		for _, t := range k.classes {
			if err := k.document(part, t, class == t, terms, tokens); err != nil {
				return fmt.Errorf("case %s: %w", c.CaseID, err)
			}
		}
	}
	return nil
}

// termCount is a term of a document, by its number, with its count.
type termCount struct {
	no int32
	n  int
}

// termsOfPart adds up the terms of two Chinese characters or more over the sections of a part; tokens are all of these.
// The list is good until the next call.
func (k *keynessTally) termsOfPart(c *judgment.Case, part string) (out []termCount, tokens int) {
	in := map[int]bool{}
	for i := range c.Sections {
		if keynessPart(&c.Sections[i]) == part {
			in[c.Sections[i].No] = true
		}
	}
	if len(in) == 0 {
		return nil, 0
	}
	out = k.counts[:0]
	section, inPart := -1, false
	for i := range c.Terms {
		t := &c.Terms[i]
		if t.SectionNo != section || i == 0 {
			section, inPart = t.SectionNo, in[t.SectionNo]
		}
		if !inPart || t.Count <= 0 {
			continue
		}
		no, ok := k.word(t.Term)
		if !ok {
			continue
		}
		tokens += t.Count
		if k.place[no] == 0 {
			out = append(out, termCount{no: no})
			k.place[no] = int32(len(out))
		}
		out[k.place[no]-1].n += t.Count
	}
	for _, t := range out {
		k.place[t.no] = 0
	}
	k.counts = out
	return out, tokens
}

// word is the number of a term that is a word.
func (k *keynessTally) word(term string) (no int32, ok bool) {
	if no, ok = k.words.Known(term); ok {
		return no, true
	}
	if !isWord(term) {
		return 0, false
	}
	k.place = append(k.place, 0)
	return k.words.Number(term), true
}

// isWord reports whether a token is a word of two Chinese characters or more: numbers, letters, names cut into single
// characters and punctuation are none.
func isWord(s string) bool {
	if s == "" || s[0] < 0xE2 { // no Chinese character begins so low in UTF-8
		return false
	}
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return utf8.RuneCountInString(s) >= 2
}

func (k *keynessTally) document(part, target string, hit bool, terms []termCount, tokens int) error {
	key := keynessKey{part, target}
	if k.of[key] == nil {
		k.of[key] = agreement.NewKeyness(&k.words)
	}
	d := k.docs[key]
	d[1-bitOf(hit)]++
	k.docs[key] = d
	x := k.of[key]
	x.Document(hit, tokens)
	for _, t := range terms {
		if err := x.Numbered(t.no, t.n); err != nil {
			return err
		}
	}
	return nil
}

// keynessContrast is one contrast in one part with its terms, or why there are none.
type keynessContrast struct {
	keynessKey
	Docs    [2]int // target, reference
	Tested  int
	Terms   []agreement.Keyword
	Refused string // a key of keynessWords, "" if tested
}

// contrasts tests every contrast: liable against none, and from MinLiable liable parties on each type against the
// other types. A contrast with fewer than keynessSide judgments on a side is refused.
func (k *keynessTally) contrasts(liableParties int) []keynessContrast {
	var out []keynessContrast
	for _, part := range keynessParts {
		targets := []string{liable}
		if liableParties >= MinLiable {
			targets = append(targets, k.classes...)
		}
		for _, t := range targets {
			key := keynessKey{part, t}
			x := keynessContrast{keynessKey: key, Docs: k.docs[key]}
			switch {
			case k.noTerms > 0 && k.of[key] == nil:
				x.Refused = "no_terms"
			case min(x.Docs[0], x.Docs[1]) < keynessSide:
				x.Refused = "few_docs"
			default:
				all := k.of[key].Keywords(keynessDocs, Level)
				x.Tested = len(all)
				x.Terms = strongest(all)
			}
			out = append(out, x)
		}
	}
	return out
}

// strongest keeps the terms with the largest log likelihood of each side.
func strongest(all []agreement.Keyword) (out []agreement.Keyword) {
	n := [2]int{}
	for _, w := range all {
		side := bitOf(w.LogRatio < 0)
		if n[side] < keynessLines {
			n[side]++
			out = append(out, w)
		}
	}
	return out
}

var keynessWords = map[string]doctrine.Label{
	"no_terms": {En: "not compared: the terms of the judgments were not read (ingest with --no-terms, or a report without the table terms)", Zh: "未比较：未读取文书词项（ingest 使用 --no-terms，或报告未载入 terms 表）"},
	"few_docs": {En: "not compared: fewer than 10 judgments on a side", Zh: "未比较：一侧裁判文书不足 10 份"},
}

// addKeynessResults keeps log likelihood, log ratio, dispersion and corrected p of the terms printed, and the number
// tested, under keyness.PART.TARGET.TERM.
func addKeynessResults(r *Results, list []keynessContrast, marked bool) {
	for _, c := range list {
		head := "keyness." + c.Part + "." + c.Target
		docs := c.Docs[0] + c.Docs[1]
		put := func(key, metric, of string, e agreement.Estimate) {
			r.add(Result{Key: key, Metric: metric, Of: of, Estimate: e, Marked: marked})
		}
		if c.Refused != "" {
			put(head, "keyness", c.Target, agreement.Estimate{N: docs, Method: "not computed", Undefined: true, NoInterval: true, Reason: keynessWords[c.Refused].En})
			continue
		}
		put(head+".terms_tested", "terms_tested", c.Target, agreement.Estimate{Value: float64(c.Tested), N: docs, Method: "count", NoInterval: true})
		for _, w := range c.Terms {
			key := head + "." + w.Term
			point := func(v float64, method string) agreement.Estimate {
				return agreement.Estimate{Value: v, N: docs, Method: method, NoInterval: true}
			}
			put(key+".log_likelihood", "log_likelihood", w.Term, point(w.LogLikelihood.Statistic, w.LogLikelihood.Method))
			put(key+".log_ratio", "log_ratio", w.Term, point(w.LogRatio, "log2 ratio of relative frequencies, 0.5 for a zero"))
			put(key+".dispersion", "dispersion", w.Term, point(w.Dispersion, "Rosengren's S"))
			put(key+".document_difference", "document_difference", w.Term, w.DocDifference)
			put(key+".documents", "documents", w.Term, agreement.Wilson(w.TargetDocs, c.Docs[0], Level))
			put(key+".documents_rest", "documents", w.Term, agreement.Wilson(w.RefDocs, c.Docs[1], Level))
			put(key+".p_holm_tokens", "p_holm", w.Term, point(w.HolmP, "log likelihood over tokens, Holm over the terms tested"))
			put(key+".p_holm_documents", "p_holm", w.Term, point(w.HolmDocP, "Fisher's exact test on documents, Holm over the terms tested"))
		}
	}
}

// keynessTable prints the contrasts in one language.
func keynessTable(lang string, k *keynessTally, list []keynessContrast, notes []string, marked bool) *Table {
	say := func(en, zh string) string { return doctrine.Label{En: en, Zh: zh}.In(lang) }
	t := &Table{Name: "keyness", Caption: say("Words of the pleadings and of the facts by liability", "诉辩与事实部分用词与责任"), Left: 4,
		Head: []string{say("Part", "部分"), say("Against the rest", "对照其余"), say("Term", "词"), say("Used more by", "更多用于"), say("judgments", "文书数"), say("log likelihood", "对数似然"), say("log2 ratio", "log2 比"),
			say("dispersion S", "分散度 S"), say("p, tokens (Holm)", "p 词次（Holm）"), say("share of judgments, difference", "文书比例差"), say("p, judgments (Holm)", "p 文书（Holm）")}}
	if marked {
		t.Caption += " †"
	}
	for _, c := range list {
		t.Rules = append(t.Rules, len(t.Rows))
		target := word(lang, c.Target)
		if c.Refused != "" {
			t.Rows = append(t.Rows, []string{word(lang, c.Part), target, keynessWords[c.Refused].In(lang), "—", fmt.Sprintf("%d + %d", c.Docs[0], c.Docs[1]), "—", "—", "—", "—", "—", "—"})
			continue
		}
		for _, w := range c.Terms {
			by := target
			if w.LogRatio < 0 {
				by = say("the rest", "其余")
			}
			t.Rows = append(t.Rows, []string{word(lang, c.Part), target, w.Term, by, fmt.Sprintf("%d/%d + %d/%d", w.TargetDocs, c.Docs[0], w.RefDocs, c.Docs[1]), decimal(w.LogLikelihood.Statistic), decimal(w.LogRatio),
				decimal(w.Dispersion), agreement.FormatP(w.HolmP), cell(w.DocDifference), agreement.FormatP(w.HolmDocP)})
		}
	}
	left := strconv.Itoa(k.mixed)
	t.Notes = append([]string{say("Terms of two Chinese characters or more in at least "+strconv.Itoa(keynessDocs)+" judgments; the "+strconv.Itoa(keynessLines)+" with the largest log likelihood for each side. Dunning's (1993) log likelihood over tokens; Rosengren's (1971) S; Fisher's test and Newcombe's interval on judgments, since tokens of one judgment are not independent; Holm over all terms tested of a contrast. "+left+" judgments are left out whose platform parties got different classes or none that is compared; of "+strconv.Itoa(k.noTerms)+" no terms were read.",
		"词项为两个汉字以上且见于至少 "+strconv.Itoa(keynessDocs)+" 份文书者；每侧列对数似然最大之 "+strconv.Itoa(keynessLines)+" 个。Dunning（1993）词次对数似然；Rosengren（1971）S；因同一文书之词次不独立，另以文书为单位作 Fisher 检验与 Newcombe 区间；同一对照内全部词项作 Holm 校正。平台当事人责任不一或不可比之文书 "+left+" 份不计；未读取词项者 "+strconv.Itoa(k.noTerms)+" 份。")}, notes...)
	return t
}
