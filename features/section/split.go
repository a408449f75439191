package section

import (
	"strings"

	"caipan/model/judgment"
)

// Split cuts the canonical text of a judgment into its parts, in the order of the text, without gap or overlap:
// the spans together are the whole text. An empty text has no parts. Parts that no marker words announce stay
// with the part before them. The header's instance says which court decides.
func Split(canonical string, h judgment.Header) []judgment.Section {
	t, err := loaded()
	if err != nil || canonical == "" {
		return nil
	}
	d := scan(canonical, t, headEnd(canonical, h)...)
	f := newFrame(d, h)
	w := &walker{d: d, f: f}
	w.head()
	w.body()
	w.tail()
	secs := w.sections()
	d.release()
	return secs
}

// headEnd returns the offsets behind each own case number in the heading: texts without line breaks run on there.
func headEnd(s string, h judgment.Header) (ends []int) {
	if h.CaseNumber == "" {
		return nil
	}
	head := s[:min(len(s), headScanBytes+len(h.CaseNumber))]
	for at := 0; at < headScanBytes; {
		i := strings.Index(head[min(at, len(head)):], h.CaseNumber)
		if i < 0 {
			break
		}
		at += i + len(h.CaseNumber)
		ends = append(ends, at)
	}
	return ends
}

// part is a section in the making: where it begins and what it is.
type part struct {
	at       int
	kind     string
	instance string
	holder   string
	speaker  string
	quoted   bool
}

// walker goes through the sentences and opens parts.
type walker struct {
	d       *document
	f       frame
	c       *cast
	parts   []part
	claimed bool // the deciding court's own claims part has begun
	ordered bool // a lower court's order has been reported
	signed  bool // the judges have signed
}

func (w *walker) cur() *part {
	if len(w.parts) == 0 {
		return &part{}
	}
	return &w.parts[len(w.parts)-1]
}

// open begins a part unless the current one is already the same.
func (w *walker) open(p part) {
	if p.instance == "" {
		p.instance = w.f.own
	}
	if len(w.parts) > 0 {
		c := w.cur()
		if p.at <= c.at {
			return
		}
		if c.kind == p.kind && c.quoted == p.quoted && c.instance == p.instance && c.speaker == p.speaker && c.holder == p.holder {
			return
		}
	}
	w.parts = append(w.parts, p)
}

// head opens head and parties.
func (w *walker) head() {
	d, f := w.d, &w.f
	w.parts = append(w.parts, part{at: 0, kind: judgment.SecHead, instance: f.own, holder: holderCourt})
	from, to := 0, len(d.text)
	if f.parties >= 0 {
		from = d.sentences[f.parties].start
		w.open(part{at: from, kind: judgment.SecParties, holder: holderCourt})
	}
	if f.process >= 0 {
		to = d.sentences[f.process].start
		if s := &d.sentences[f.process]; s.has(evProcess) != nil || !opensBody(s) {
			w.open(part{at: to, kind: judgment.SecProcess, holder: holderCourt})
		}
	}
	w.c = newCast(d, from, to)
	w.c.shorts(d, len(d.text)/2)
}

// body walks from the process part to the deciding court's legal basis.
func (w *walker) body() {
	d, f := w.d, &w.f
	end := len(d.sentences)
	if f.operative >= 0 {
		end = f.operative
	}
	from := f.process
	if from < 0 {
		from = f.parties + 1
	}
	for i := max(from, 0); i < end; i++ {
		s := &d.sentences[i]
		if f.operative >= 0 && s.start >= f.basis {
			break
		}
		if i == f.reasoning {
			w.open(part{at: s.start, kind: judgment.SecReasoning, holder: holderCourt})
			continue
		}
		if f.reasoning >= 0 && i > f.reasoning || f.operative < 0 && closes(s) && i > end*2/3 {
			continue
		}
		w.step(i, s)
	}
	if f.operative >= 0 && f.reasoning == f.operative {
		w.open(part{at: d.sentences[f.operative].start, kind: judgment.SecReasoning, holder: holderCourt})
	}
}

func closes(s *sentence) bool {
	return s.has(evBench) != nil || s.has(evAdvice) != nil
}
