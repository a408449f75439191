package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"
)

// TestCorrectionsAreDraftedOnThePage goes a coder's way by keyboard: correct a value, name himself, download the
// sheet; and the sheet is one that the program reads.
func TestCorrectionsAreDraftedOnThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	dir := folder(t, 3)
	b := start(t)
	b.do(t, "open", chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#matrix")))
	b.address(t, "#/case/c0000000000000001", "#judgment")
	b.do(t, "draft the label by keyboard", chromedp.Focus(chromedp.CSS(`button.correct[data-field="ruling.label"]`)), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#draft-1-value")))
	if v := b.value(t, `document.activeElement.id`); v != "draft-1-value" {
		t.Errorf("the focus is on %v", v)
	}
	b.do(t, "choose", chromedp.KeyEvent("j"), chromedp.SendKeys(chromedp.CSS("#draft-1-coder"), "王"), chromedp.SendKeys(chromedp.CSS("#draft-1-reason"), `读作"连带", 误`))
	b.do(t, "draft another", chromedp.Focus(chromedp.CSS("#add-correction")), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#draft-2-value")))
	if v := b.value(t, `document.getElementById("draft-2-coder").value`); v != "王" {
		t.Errorf("the coder has to be typed again: %v", v)
	}
	b.value(t, `(function(){var s=document.getElementById("draft-2-variable"); s.value="platform_state"; s.dispatchEvent(new Event("change")); var v=document.getElementById("draft-2-value"); v.value="knew"; v.dispatchEvent(new Event("input")); return 1})()`)
	b.value(t, `(function(){window.sheet=""; var real=URL.createObjectURL; URL.createObjectURL=function(x){x.text().then(function(s){window.sheet=s}); return real.call(URL, x)}; document.addEventListener("click", function(e){ if (e.target.download) { window.fileName=e.target.download } }, true); return 1})()`)
	b.do(t, "download", chromedp.Focus(chromedp.CSS("#download-corrections")), chromedp.KeyEvent(kb.Enter), chromedp.Sleep(300*time.Millisecond))
	if v := b.value(t, "window.fileName"); v != "corrections.csv" {
		t.Errorf("file %v", v)
	}
	path := filepath.Join(t.TempDir(), "corrections.csv")
	if err := os.WriteFile(path, []byte(b.value(t, "window.sheet").(string)), 0o644); err != nil {
		t.Fatal(err)
	}
	voc, err := vocabulary.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows, notes, err := coding.ReadCorrections(voc, path)
	if err != nil || len(notes) > 0 || len(rows) != 2 {
		t.Fatalf("the sheet is not read: %v %v", notes, err)
	}
	if r := rows[0]; r.Field.Name != "label" || r.Value != "joint" || r.Coder != "王" || r.Get("reason") != `读作"连带", 误` || r.Get("quote") != "甲公司承担补充责任" || r.Get("case_id") != "c0000000000000001" || len(r.Date) != 10 {
		t.Errorf("row %+v", r)
	}
	if r := rows[1]; r.Field.Name != "platform_state" || r.Value != "knew" || !strings.HasPrefix(r.Get("party"), "甲公司") {
		t.Errorf("row %+v", r)
	}
	for i := range rows {
		if rows[i].Get("case") != "k" {
			t.Errorf("case %q", rows[i].Get("case"))
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		t.Errorf("the page complains: %v", b.faults)
	}
}

// TestHandIsShown: what a person set is marked among the facts, in the trace, at the ruling and in a table of its own.
func TestHandIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	dir := folder(t, 1)
	b := start(t)
	b.do(t, "open", chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#matrix")))
	b.address(t, "#/case/c0000000000000000", "#judgment")
	for selector, want := range map[string]string{"#corrected tbody tr": "negligence", "tr.hand": "by hand", ".trace .hand": "by hand", "dd .hand": "amount"} {
		if v, _ := b.value(t, `[].map.call(document.querySelectorAll(`+"`"+selector+"`"+`), function(e){return e.textContent}).join("|")`).(string); !strings.Contains(v, want) {
			t.Errorf("%s says %q, want %q", selector, v, want)
		}
	}
	b.do(t, "show the words", chromedp.Click(chromedp.CSS("#corrected .show")), chromedp.WaitVisible(chromedp.CSS("mark.chosen")))
}

// corrected is what a person said of the constructed case.
func corrected(c *judgment.Case, quote judgment.Span) []judgment.Fact {
	c.Corrections = []judgment.Correction{{ID: c.CaseID + "h0", CaseID: c.CaseID, PartyNo: 1, Kind: "fact", Field: "platform_state", Value: "negligence", Was: "knew", Level: 3, Status: "applied",
		Coder: noise, Date: "2026-01-02", Reason: noise, Span: quote, Quote: quote.Of(c.Text)}}
	c.Rulings[0].Hand = []string{"amount"}
	return []judgment.Fact{{CaseID: c.CaseID, PartyNo: 1, EvidencePolicy: "reasoning", Variable: "platform_state", Value: "negligence", Level: 3, Status: "hand", FindingIDs: []string{c.CaseID + "h0", c.CaseID + "f2"}, Reason: noise}}
}
