package text

import "testing"

func TestFoldCaseNumber(t *testing.T) {
	const want = "(2019)京0105民初1"
	for _, same := range []string{"(2019)京0105民初1号", "（2019）京0105民初1号", "（２０１９）京０１０５民初１号", " (2019) 京0105 民初 1 号\n",
		"〔2019〕京0105民初1号", "[2019]京0105民初1号", "【2019】京0105民初1号", "'(2019)京0105民初1号", "\ufeff(2019)京0105民初1号", "(2019)京0105民初1", "(2019)京0105民初0001号", "案号：（2019）京0105民初1号",
		"(2019)\u00a0京0105民初\u200b1号", "\"(2019)京0105民初1号\""} {
		if got := FoldCaseNumber(same); got != want {
			t.Errorf("%q folds to %q", same, got)
		}
	}
	for _, other := range []string{"(2019)京0105民初11号", "(2019)京0105民初10号", "(2019)京0105民初0号", "(2019)京0105民终1号", "(2018)京0105民初1号", "(2019)京0105民初1号之一", "(2019)京105民初1号"} {
		if FoldCaseNumber(other) == want {
			t.Errorf("%q is taken for another number", other)
		}
	}
	if FoldCaseNumber("") != "" {
		t.Error("the empty number folds to something")
	}
}

func TestFoldName(t *testing.T) {
	const want = "甲(北京)有限公司"
	for _, same := range []string{"甲（北京）有限公司", "甲(北京) 有限公司", "甲〔北京〕有限公司\u200b"} {
		if FoldName(same) != want {
			t.Errorf("%q folds to %q", same, FoldName(same))
		}
	}
}
