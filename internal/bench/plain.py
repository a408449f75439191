"""What a researcher would do without Caipan: read the zip, find with regular expressions, write a CSV.

Usage: python3 plain.py INPUT.zip OUTPUT.csv
A zip member is a CSV with the columns of the common dumps; the text stands in 全文.
"""
import csv
import io
import json
import re
import sys
import zipfile

PLATFORMS = re.compile("淘宝|天猫|京东|拼多多|美团|饿了么|滴滴|抖音|快手|微信|支付宝|唯品会|苏宁易购|携程|去哪儿|58同城|闲鱼|小红书|哔哩哔哩|百度")
NUMBER = re.compile(r"[（(〔\[]\s*\d{4}\s*[）)〕\]][^\s，。；：、]{2,30}?号")
DATE = re.compile(r"[二一○〇零OＯ][○〇零OＯ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
COURT = re.compile(r"[\u4e00-\u9fa5]{2,30}?人民法院|[\u4e00-\u9fa5]{2,10}互联网法院")
OPERATIVE = re.compile(r"(?:判决|裁定)如下[：:](.*?)(?:案件受理费|如不服|审判长|审判员|$)", re.S)
LIABILITY = re.compile("连带|补充")


def read(row):
    text = row.get("全文") or ""
    number = NUMBER.search(text)
    court = COURT.search(text)
    dates = DATE.findall(text)
    order = OPERATIVE.search(text)
    words = sorted(set(LIABILITY.findall(order.group(1)))) if order else []
    return [
        row.get("案号") or (number.group(0) if number else ""),
        row.get("法院") or (court.group(0) if court else ""),
        row.get("裁判日期") or (dates[-1] if dates else ""),
        json.dumps(sorted(set(PLATFORMS.findall(text))), ensure_ascii=False),
        json.dumps(words, ensure_ascii=False),
    ]


def main(source, target):
    csv.field_size_limit(1 << 30)
    with zipfile.ZipFile(source) as z, open(target, "w", encoding="utf-8-sig", newline="") as out:
        w = csv.writer(out)
        w.writerow(["case_number", "court", "date", "platforms", "liability"])
        for name in z.namelist():
            with z.open(name) as f:
                for row in csv.DictReader(io.TextIOWrapper(f, encoding="utf-8-sig", errors="replace", newline="")):
                    w.writerow(read(row))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
