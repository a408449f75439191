package segment

import (
	"strings"
	"sync"
	"testing"

	"caipan/model/judgment"
)

func shareOrFail(t testing.TB) *Segmenter {
	t.Helper()
	s, err := Shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func words(s *Segmenter, text string) []string {
	var out []string
	for _, sp := range s.Spans(text) {
		out = append(out, sp.Of(text))
	}
	return out
}

func TestLegalWordsStayWhole(t *testing.T) {
	s := shareOrFail(t)
	for text, want := range map[string]string{
		"被告应承担连带赔偿责任":      "连带赔偿责任",
		"平台未尽到安全保障义务":      "安全保障义务",
		"该公司为平台经营者一方":      "平台经营者",
		"依照《中华人民共和国民法典》判决": "民法典",
	} {
		got := strings.Join(words(s, text), "|")
		if !strings.Contains("|"+got+"|", "|"+want+"|") {
			t.Errorf("%s is cut into %s; %s should stay whole", text, got, want)
		}
	}
}

func TestSpansTileTheText(t *testing.T) {
	s := shareOrFail(t)
	for _, text := range []string{"原告ABC公司于２０１９年3月JD.com购买", "\n\n 空 格\t", "a\x00b", "〇一二", "\xff\xfe坏"} {
		at := 0
		for _, sp := range s.Spans(text) {
			if sp.Start != at {
				t.Fatalf("%q: token at %d, the one before ended at %d", text, sp.Start, at)
			}
			at = sp.End
		}
		if at != len(text) {
			t.Errorf("%q: tokens end at %d of %d", text, at, len(text))
		}
	}
	if got := words(s, "JD商城"); got[0] != "JD" {
		t.Errorf("token text %q: case must stay", got[0])
	}
}

func TestIsWord(t *testing.T) {
	s := shareOrFail(t)
	in := func(sentence, w string) bool {
		i := strings.Index(sentence, w)
		return s.IsWord(sentence, judgment.Span{Start: i, End: i + len(w)})
	}
	if in("北京东方雨虹公司", "京东") {
		t.Error("京东 is no word of 北京东方雨虹公司")
	}
	if !in("原告在京东购买商品", "京东") {
		t.Error("京东 is a word of 原告在京东购买商品")
	}
}

func TestSharedUnderRace(t *testing.T) {
	s := shareOrFail(t)
	text := strings.Repeat("原告在京东商城购买商品，要求平台承担连带责任。", 20)
	secs := []judgment.Section{{No: 0, Span: judgment.Span{Start: 0, End: len(text)}}}
	want, n := s.Terms(text, secs)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			got, m := s.Terms(text, secs)
			if m != n || len(got) != len(want) {
				t.Errorf("%d tokens and %d terms beside %d and %d", m, len(got), n, len(want))
			}
		}()
	}
	wg.Wait()
}

func TestWordsRefusesFaults(t *testing.T) {
	for src, want := range map[string]string{
		"连带 100":       ":1: ",
		"# ok\n连带 x n": ":2: frequency",
		"甲 1 n\n甲 2 n": "line 1 already",
		"甲 -1 n":       "not a positive",
	} {
		if _, err := Words(src); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", src, err, want)
		}
	}
}

func BenchmarkTerms(b *testing.B) {
	s := shareOrFail(b)
	text := strings.Repeat("原告在京东商城购买商品，被告辩称其仅提供交易平台，不应承担连带责任，请求驳回诉讼请求。", 50)
	secs := []judgment.Section{{Span: judgment.Span{End: len(text)}}}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Terms(text, secs)
	}
}
