package report

import (
	"fmt"
	"strings"
)

// methods is the methods section of this run in the layouter's language, ready to paste. It names the estimators
// with their literature and what the numbers may not be taken for.
func (l *layouter) methods() []string {
	t := l.t
	var policies, doctrines []string
	for _, c := range t.choices {
		policies = appendNew(policies, l.w(c.Policy))
		doctrines = appendNew(doctrines, c.Doctrine+" ("+c.Variant+")")
	}
	sep := l.say(", ", "、")
	return []string{
		l.say(fmt.Sprintf("The unit of analysis is the platform operator as party to a judgment (%d parties in %d judgments, %d clusters of cases of one plaintiff against one platform). For each party the liability that the last instance left standing was read from the operative part, and the liability that the doctrine predicts was derived from the facts as the judgment states them, without sight of the operative part. Doctrines: %s. Evidence policies: %s.",
			t.parties, t.cases, len(t.series.names), strings.Join(doctrines, sep), strings.Join(policies, sep)),
			fmt.Sprintf("分析单位为作为当事人的平台经营者（%d 份裁判文书中的 %d 个当事人，同一原告对同一平台的案件计为一个聚类，共 %d 个）。就每一当事人，从判决主文读取最终审级确定的责任，并仅依文书所载事实、不读主文，推出学说所预测的责任。学说：%s。证据层级：%s。",
				t.cases, t.parties, len(t.series.names), strings.Join(doctrines, sep), strings.Join(policies, sep))),
		l.say("Predictions under the policy reasoning read the court's reasoning, which restates the result; they identify rather than forecast. Facts read the facts found, undisputed and pleadings what was agreed or alleged. Prediction and ruling are compared in stages: liable or not; the type, given that both say liable; scope and cap, given the type; breach derived beside breach found. Own liability, non-monetary orders, orders not understood and abstentions are outside the comparison and enter the bounds as all misses and all hits (Manski 2003).",
			"“法院说理”层级的预测读取说理部分，其已复述结果，故属识别而非预测；“查明事实”读取认定事实，“无争议事实”与“诉辩”读取自认或主张。预测与裁判分层比较：是否有责；双方均为有责时的责任形态；形态相同时的范围与上限；推出的义务违反与法院认定的违反。自己责任、非金钱责任、未能读出的判项及弃权不在比较之列，以全部不一致与全部一致为上下界（Manski 2003）。"),
		l.say(fmt.Sprintf("Shares carry Wilson's (1927) 95%% interval; Cohen's (1960) κ the standard error of Fleiss, Cohen and Everitt (1969). Beside each agreement stands the guess that always says none. With fewer than %d parties held liable no agreement on the type is reported; here %d were. Intervals treat parties as independent unless the table says otherwise.", MinLiable, t.liable),
			fmt.Sprintf("比例附 Wilson（1927）95%% 区间；Cohen（1960）κ 采 Fleiss、Cohen、Everitt（1969）标准误。各一致率旁均列一律猜无责之一致率。裁判有责者少于 %d 时不报告责任形态一致率；本次为 %d。除表注另有说明外，区间以当事人相互独立为前提。", MinLiable, t.liable)),
		l.extraMethods(),
		l.say("The report measures agreement between a doctrinal prediction and a recorded disposition. A difference is not an error of the court, and agreement does not show that the doctrine is right.",
			"本报告测度学说预测与裁判结果的一致程度。不一致并非法院之误，一致亦不证明学说正确。"),
	}
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}
