package site

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts Chromium, or skips with the reason. What it complains about and what it asks for is collected.
type browser struct {
	ctx      context.Context
	mu       sync.Mutex
	faults   []string
	requests []string
}

func start(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here (Debian: apt-get install chromium)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(60*time.Second))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{ctx: ctx}
	b.do(t, "start Chromium", chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			b.faults = append(b.faults, e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" {
				b.faults = append(b.faults, "console error")
			}
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" {
				b.faults = append(b.faults, e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) do(t *testing.T, what string, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx := b.ctx
	if chromedp.FromContext(ctx).Target != nil { // the first call starts the browser and may not end it
		limited, cancel := context.WithTimeout(ctx, 60*time.Second)
		defer cancel()
		ctx = limited
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("%s: %v; faults of the page: %v", what, err, b.faults)
	}
}

func (b *browser) text(t *testing.T, selector string) string {
	t.Helper()
	b.do(t, "wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
	s, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		t.Fatalf("read %s: %v", selector, err)
	}
	return s
}

func (b *browser) value(t *testing.T, js string) any {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return v
}

// address goes to another page of the site.
func (b *browser) address(t *testing.T, hash, waitFor string) {
	t.Helper()
	b.value(t, `location.hash = "`+hash+`"`)
	b.do(t, hash, chromedp.Sleep(400*time.Millisecond), chromedp.WaitVisible(chromedp.CSS(waitFor)))
}

// TestInARealBrowser goes the reader's way: overview, a cell, a case, a span, toggles, language, dark, keyboard.
func TestInARealBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	dir := folder(t, 9)
	b := start(t)
	url := "file://" + filepath.ToSlash(dir) + "/index.html"
	b.do(t, "open", chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS("#matrix")))
	if s := b.text(t, "#headline"); !strings.Contains(s, "Of 3 parties </script>") {
		t.Errorf("headline %q", s)
	}
	b.do(t, "open a cell", chromedp.Click(chromedp.CSS(`#matrix td.diagonal a`)), chromedp.WaitVisible(chromedp.CSS("#list")))
	if s := b.text(t, "#found"); !strings.HasPrefix(s, "5 parties in 5 cases") {
		t.Errorf("cell opens %q", s)
	}
	b.do(t, "open a case", chromedp.Click(chromedp.CSS(`#list tbody a`)), chromedp.WaitVisible(chromedp.CSS("#judgment")))
	if s := b.text(t, "mark.plaintiff.rejected"); s != "明知" {
		t.Errorf("mark %q", s)
	}
	b.do(t, "follow a span", chromedp.Click(chromedp.CSS(".decision[open] .trace .show")), chromedp.WaitVisible(chromedp.CSS("mark.chosen")))
	b.do(t, "toggle", chromedp.Click(chromedp.CSS(`.legend button[data-holder="plaintiff"]`)), chromedp.WaitNotPresent(chromedp.CSS("mark.plaintiff")))
	b.do(t, "next case by key", chromedp.KeyEvent("j"), chromedp.Sleep(300*time.Millisecond), chromedp.WaitVisible(chromedp.CSS("#previous")))
	if h := b.value(t, "location.hash").(string); !strings.Contains(h, "c0000000000000002") || !strings.Contains(h, "predicted=") {
		t.Errorf("the next case of the filter is at %s", h)
	}
	b.do(t, "language", chromedp.Click(chromedp.CSS("#lang")), chromedp.WaitVisible(chromedp.CSS("#judgment")))
	if s := b.text(t, "#nav"); !strings.Contains(s, "编码手册") {
		t.Errorf("navigation in Chinese: %q", s)
	}
	b.do(t, "dark", chromedp.Click(chromedp.CSS("#theme")))
	if v := b.value(t, `document.documentElement.getAttribute("data-theme")`); v != "dark" {
		t.Errorf("theme %v", v)
	}
	filterAndKeys(t, b)
	for _, page := range []string{"rules", "ledger", "codebook", "methods", "record"} {
		b.address(t, "#/"+page, "main h1")
	}
	if v := b.value(t, "window.hacked === undefined"); v != true {
		t.Error("text of a judgment ran as a script")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		t.Errorf("the page complains: %v", b.faults)
	}
	for _, r := range b.requests {
		if !strings.HasPrefix(r, "file://"+filepath.ToSlash(dir)) {
			t.Errorf("a request leaves the folder: %s", r)
		}
	}
}

func filterAndKeys(t *testing.T, b *browser) {
	t.Helper()
	b.address(t, "#/cases?dis=unexplained&service=shopping", "#list")
	if s := b.text(t, "#found"); !strings.HasPrefix(s, "4 个案件") {
		t.Errorf("filter leaves %q", s)
	}
	b.do(t, "search", chromedp.SendKeys(chromedp.CSS("#f-q"), "(2022)某3号"+kb.Enter), chromedp.Sleep(300*time.Millisecond))
	if s := b.text(t, "#found"); !strings.HasPrefix(s, "1 个案件") {
		t.Errorf("search leaves %q", s)
	}
	b.do(t, "open the case by keyboard alone", chromedp.Focus(chromedp.CSS("#list tbody a")), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#judgment")))
	b.do(t, "skip link", chromedp.Focus(chromedp.CSS("#skip")), chromedp.KeyEvent(kb.Enter))
	if v := b.value(t, `document.activeElement.id`); v != "main" {
		t.Errorf("the skip link leads to %v", v)
	}
}

// TestManyCases holds 20,000 cases to the times that a reader bears. It runs where SITE_CASES names a number.
func TestManyCases(t *testing.T) {
	if os.Getenv("SITE_CASES") == "" {
		t.Skip("set SITE_CASES=20000 to measure")
	}
	n, err := strconv.Atoi(os.Getenv("SITE_CASES"))
	if err != nil {
		t.Fatal(err)
	}
	bodyFiller = strings.Repeat("本院查明如下事实。", 440)
	noise = "科技有限公司"
	defer func() { bodyFiller, noise = "", hostile }()
	dir := folder(t, n)
	b := start(t)
	begin := time.Now()
	b.do(t, "open", chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#matrix")))
	open := time.Since(begin)
	paint := b.value(t, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
	ms := b.value(t, `(function(){var t=performance.now(); caipan.filtered({service:"shopping",dis:"unexplained",year:"2018",q:"某"}); return performance.now()-t})()`)
	shown := b.value(t, `(function(){var t=performance.now(); history.replaceState(null,"","#/cases?service=shopping"); caipan.show(false); return performance.now()-t})()`)
	again := b.value(t, `(function(){var t=performance.now(); caipan.filtered({service:"shopping",dis:"unexplained",year:"2018",q:"某"}); return performance.now()-t})()`)
	t.Logf("first paint %v ms; open until the matrix stands: %v; filter %v ms, again %v ms; filter and list %v ms", paint, open, ms, again, shown)
	if paint.(float64) > 2000 {
		t.Errorf("first paint after %v ms", paint)
	}
	if n <= 20_000 && shown.(float64) > 300 {
		t.Errorf("a filter takes %v ms", shown)
	}
}
