package site

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestANewReader goes from the first page to why court and doctrine part, to findings in context and to candidates; on a
// phone nothing is wider than the screen.
func TestANewReader(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	dir := folder(t, 9)
	b := start(t)
	b.do(t, "open on a phone", chromedp.EmulateViewport(360, 740), chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#parts")))
	b.do(t, "open what they part over", chromedp.Click(chromedp.CSS("#parts tbody a")), chromedp.WaitVisible(chromedp.CSS("#list")))
	if s := b.text(t, "#found"); !strings.HasPrefix(s, "4 parties in 4 cases") {
		t.Errorf("they part in %q", s)
	}
	b.do(t, "open a case", chromedp.Click(chromedp.CSS("#list tbody a")), chromedp.WaitVisible(chromedp.CSS("#why")))
	if s := b.text(t, "#why"); !strings.Contains(s, "They part; the source of the difference: unexplained") || !strings.Contains(s, "by rule ") {
		t.Errorf("why: %q", s)
	}
	b.address(t, "#/context?v=platform_state&holder=plaintiff", "#kwic")
	if s := b.text(t, "#found"); !strings.HasPrefix(s, "9 of 18 findings") {
		t.Errorf("context: %q", s)
	}
	b.do(t, "filter the words by keyboard", chromedp.SendKeys(chromedp.CSS("#f-q"), "甲公司"+kb.Enter), chromedp.Sleep(300*time.Millisecond), chromedp.WaitVisible(chromedp.CSS("#kwic tbody a")))
	if h := b.value(t, "location.hash").(string); !strings.Contains(h, "q=") || !strings.Contains(h, "holder=plaintiff") {
		t.Errorf("the filter is not in the address: %s", h)
	}
	b.do(t, "follow a finding", chromedp.Click(chromedp.CSS("#kwic tbody a")), chromedp.WaitVisible(chromedp.CSS("mark.chosen")))
	if s := b.text(t, "mark.chosen"); s != "明知" {
		t.Errorf("it leads to %q", s)
	}
	b.address(t, "#/candidates", "#candidates")
	if s := b.text(t, "#candidates tbody"); !strings.Contains(s, "丁公司") || strings.Contains(b.value(t, `document.querySelector("#candidates").innerHTML`).(string), "<img") {
		t.Errorf("candidates: %q", s)
	}
	for _, page := range []string{"overview", "cases", "case/c0000000000000001", "context", "candidates", "rules", "ledger", "codebook", "methods", "record"} {
		b.address(t, "#/"+page, "main h1")
		if v := b.value(t, "document.documentElement.scrollWidth").(float64); v > 360 {
			t.Errorf("%s is %v wide on a screen of 360: %v", page, v, b.value(t, `[].filter.call(document.querySelectorAll("main *"), function(e){return e.getBoundingClientRect().right>361 && !e.closest(".scroll")}).slice(0,6).map(function(e){return e.tagName+"."+e.className+"#"+e.id}).join(" ")`))
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		t.Errorf("the page complains: %v", b.faults)
	}
}
