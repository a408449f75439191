package context

import (
	"strings"
	"testing"

	"caipan/features/lexicon"
	"caipan/model/text"
)

// Cases mark the words in question with [ ]; want lists what governs them: neg burden hyp q norm mod attr, and the
// answer to an attribution as +adopted, -rejected, ?unproved; double for two negatives.
var cases = []struct{ sentence, want string }{
	{"本院认为，甲公司[存在过错]。", ""},
	{"甲公司不存在[明知]或者[应知]的情形。", "neg"},
	{"甲公司并非[没有过错]。", "neg"},
	{"据此不能认定甲公司[未尽到审核义务]。", "neg"},
	{"不能认定甲公司并非[明知]。", "double"},
	{"原告未提交证据证明甲公司[明知]侵权。", "burden"},
	{"现有证据不足以证明甲公司知道或者[应当知道]上述情形，但其[未尽到审核义务]。", "burden|"},
	{"原告主张甲公司[明知]侵权，本院不予采信。", "attr -rejected"},
	{"原告主张甲公司[明知]侵权，本院予以采信。", "attr +adopted"},
	{"至于原告主张甲公司[明知]售假，没有证据证明，本院不予认定。", "attr ?unproved"},
	{"甲公司辩称其[已尽到审核义务]，与事实不符，本院不予采信。", "attr -rejected"},
	{"甲公司关于其[已尽审核义务]的抗辩，本院不予采信。", "attr -rejected"},
	{"原告主张甲公司明知，但甲公司[已及时删除]。", ""},
	{"如果甲公司[明知]侵权，则应承担责任。", "hyp"},
	{"即便甲公司[未尽到审核义务]，亦与损害无因果关系。", "hyp"},
	{"甲公司是否[存在过错]，应结合案情判断。", "q"},
	{"本案争议焦点为：甲公司[存在过错]的问题。", "q"},
	{"网络服务提供者[知道]侵权而未采取必要措施的，应当承担连带责任。", "norm"},
	{"《中华人民共和国民法典》第一千一百九十七条规定，网络服务提供者[应当知道]的，承担连带责任。", "norm"},
	{"甲公司可能[存在疏忽]。", "mod"},
	{"甲公司尽可能[履行审核]。", ""},
	{"甲公司没有证据证明其[已尽到审核义务]。", "burden"},
	{"原告主张甲公司[明知]侵权，没有事实及法律依据，本院不予支持。", "attr -rejected"},
	{"该商品不符合质量等级分类规定，甲公司[明知]仍销售。", ""},
	{"倪若涵在甲公司[存在过错]。", ""},
	// negation
	{"甲公司对此不能认定为[明知]。", "neg"},
	{"李某有其他订单，也不当然等于[疲劳驾驶]。", "neg"},
	{"甲公司不仅[存在过错]，而且拒不改正。", ""},
	{"甲公司并未删除，而是[放任侵权]。", ""},
	// failure of proof
	{"在案证据不足以支持甲公司[知情]的结论。", "burden"},
	{"尚不足以推断甲公司[明知]。", "burden"},
	{"原告缺乏证据印证甲公司[明知]，故甲公司[已尽义务]。", "burden|"},
	{"原告提交的证据足以证明甲公司[明知]。", ""},
	// hypothesis
	{"倘若甲公司[明知]，理应担责。", "hyp"},
	{"即便甲公司[未尽义务]，损害与其亦[无因果关系]。", "hyp|"},
	{"退一步讲，甲公司[存在过错]，亦非损害的原因。", "hyp"},
	{"甲公司诸如[疏于管理]的情形不少。", ""},
	// question
	{"甲公司[明知]与否，不影响责任。", "q"},
	{"关于甲公司应否就[未尽审核义务]担责。", "q"},
	{"甲公司如何[尽到义务]，应举证说明。", "q"},
	{"甲公司自始[明知]。", ""},
	// attribution
	{"原告指责甲公司[纵容售假]，却无一证据。", "attr ?unproved"},
	{"甲公司提交注册信息，证明其[提供了经营者信息]。", "attr"},
	{"原告以甲公司[未尽审核义务]为由要求赔偿。", "attr"},
	{"一审法院认定甲公司[明知]，本院予以纠正。", "attr -rejected"},
	{"本院认为甲公司[明知]。", ""},
	// adoption and rejection
	{"甲公司辩称其[已尽审核义务]，有在案证据佐证，本院予以采纳。", "attr +adopted"},
	{"甲公司辩称其[已尽审核义务]，本院碍难采信。", "attr -rejected"},
	{"原告主张甲公司[明知]，因失去事实依据，不予支持。", "attr -rejected"},
	{"原告主张甲公司[明知]，理由成立。", "attr +adopted"},
	// norm and modality
	{"平台应当建立制度，对店铺[进行审核]。", "norm"},
	{"甲公司应知而未采取措施，[存在过错]。", ""},
	{"所谓应知，是指[应当知道]。", "norm"},
	{"甲公司或许[疏于管理]。", "mod"},
}

func TestContextOfMarkedWords(t *testing.T) {
	l, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		var plain strings.Builder
		var marks [][2]int
		for _, r := range text.FoldString(c.sentence) {
			switch r {
			case '[':
				marks = append(marks, [2]int{plain.Len(), 0})
			case ']':
				marks[len(marks)-1][1] = plain.Len()
			default:
				plain.WriteRune(r)
			}
		}
		wants := strings.Split(c.want, "|")
		s := Read(plain.String(), l.Match(plain.String()))
		for i, m := range marks {
			want := wants[min(i, len(wants)-1)]
			if got := describe(s.At(m[0], m[1])); got != want {
				t.Errorf("%s, mark %d: %q, want %q", c.sentence, i+1, got, want)
			}
		}
	}
}

func describe(st State) string {
	var out []string
	for _, x := range []struct {
		name string
		sc   *Scope
	}{{"neg", st.Negation}, {"burden", st.Burden}, {"hyp", st.Hypothesis}, {"q", st.Question}, {"norm", st.Norm}, {"mod", st.Modality}, {"attr", st.Attribution}} {
		if x.sc != nil {
			out = append(out, x.name)
		}
	}
	if st.Double {
		out = append(out, "double")
	}
	if st.Answer != nil {
		out = append(out, map[string]string{"adoption": "+adopted", "rejection": "-rejected", "burden": "?unproved"}[st.Answer.Cue.Category])
	}
	return strings.Join(out, " ")
}

func TestScopeSaysWhyItEnded(t *testing.T) {
	l, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := text.FoldString("原告主张甲公司明知，但其疏于管理。")
	sc := Read(s, l.Match(s)).Scopes[0]
	if sc.Why != "terminator 但" || s[sc.From:sc.To] != "甲公司明知" {
		t.Errorf("scope %q ended by %q", s[sc.From:sc.To], sc.Why)
	}
}

func TestSentencesTileTheText(t *testing.T) {
	s := text.FoldString("甲说：“乙。”丙；丁！\n\n戊")
	var got []string
	Each(s, func(a, b int) { got = append(got, s[a:b]) })
	if strings.Join(got, "|") != "甲说:\"乙。\"|丙;|丁!|戊" {
		t.Errorf("sentences %q", got)
	}
}
