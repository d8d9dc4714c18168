using System.Text;
using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Replaces findings by marks such as <c>[PAYMENT CARD]</c>.</summary>
public static class Redaction
{
    public static string MarkFor(string detector) => $"[{detector.Replace('-', ' ').ToUpperInvariant()}]";

    /// <summary>
    /// Returns the texts with their findings replaced. A finding that spans several texts leaves its mark in the first
    /// and is removed from the others; overlapping findings leave the mark of the first.
    /// </summary>
    /// <param name="scanned">The scanned text made from <paramref name="texts"/>.</param>
    public static IReadOnlyList<string> Apply(IReadOnlyList<string> texts, ScannedText scanned, IEnumerable<Finding> findings)
    {
        var edits = new Dictionary<int, List<(TextSpan Part, string Mark)>>();
        foreach (var (detector, span) in Merge(findings))
        {
            var mark = MarkFor(detector);
            foreach (var (text, part) in scanned.Locate(span))
            {
                if (!edits.TryGetValue(text, out var parts))
                    edits[text] = parts = [];
                parts.Add((part, mark));
                mark = "";
            }
        }
        return [.. texts.Select((text, at) => edits.TryGetValue(at, out var parts) ? Replace(text, parts) : text)];
    }

    /// <summary>Joins overlapping findings; the first of them gives its name.</summary>
    private static List<Finding> Merge(IEnumerable<Finding> findings)
    {
        var merged = new List<Finding>();
        foreach (var finding in findings.OrderBy(finding => finding.Span.Start).ThenByDescending(finding => finding.Span.End))
        {
            if (merged is [.., var last] && finding.Span.Start < last.Span.End)
                merged[^1] = last with { Span = last.Span with { End = Math.Max(last.Span.End, finding.Span.End) } };
            else
                merged.Add(finding);
        }
        return merged;
    }

    private static string Replace(string text, List<(TextSpan Part, string Mark)> parts)
    {
        var redacted = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (part, mark) in parts)
        {
            redacted.Append(text, from, part.Start - from).Append(mark);
            from = part.End;
        }
        return redacted.Append(text, from, text.Length - from).ToString().Trim();
    }
}
