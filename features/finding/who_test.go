package finding

import (
	"testing"

	"caipan/model/judgment"
)

// TestWhoActsWithoutAPartysName: strangers, accounts, quoted platforms, passive forms, subjects behind a phrase of time.
func TestWhoActsWithoutAPartysName(t *testing.T) {
	for _, x := range []struct{ words, v, want string }{
		{"韦某捏造事实，侮辱张三。", "third_party_state", "p-1 intent L3"},
		{"账号“吃瓜小队”发布帖文。“吃瓜小队”在论坛捏造事实。", "third_party_state", "p-1 intent L3"},
		{"甲公司运营“好多货”平台。“好多货”对入驻商家的营业执照进行了审核。", "M1a", "p1 performed L3"},
		{"乙商行经营“好茶铺”。“好茶铺”对供货商的营业执照进行了审核。", "M1a", ""},
		{"乙商行注册店铺时经甲公司实名核验。", "M1a", "p1 performed L3"},
		{"张三起诉后甲公司立即将涉案商品下架。", "M6", "p1 performed L3"},
		{"用户未经许可上传涉案影片。", "third_party_state", "p-1 intent L3"},
	} {
		if got := brief(readWords(t, judgment.SecReasoning, "本院认为，"+x.words), x.v); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.v, got, x.want)
		}
	}
}

// TestCuesCountWithinTheirLevels: a cue with from_level is silent where only a party speaks.
func TestCuesCountWithinTheirLevels(t *testing.T) {
	words := "乙商行的证照在平台公示。"
	for kind, want := range map[string]string{judgment.SecReasoning: "p-1 performed L3", judgment.SecFacts: "p-1 performed L2", judgment.SecAnswer: ""} {
		if got := brief(readWords(t, kind, words), "M7"); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}

// TestPartysWordsThatCountOnlyAnswered: a cue whose plain value is nothing still says what its answer makes of it.
func TestPartysWordsThatCountOnlyAnswered(t *testing.T) {
	for words, want := range map[string]string{
		"张三指责甲公司纵容售假，言辞激烈，却无一证据。": "p1 not_proved L3",
		"张三指责甲公司纵容售假。":            "",
	} {
		if got := brief(readWords(t, judgment.SecReasoning, "本院认为，"+words), "platform_state"); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
