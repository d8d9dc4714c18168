using System.Globalization;
using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>
/// The sections of a number format, which hold for different values:
/// <code>
/// 0.0;(0.0);"none";"text "@        positive; negative; zero; text
/// [=1]"good";[=3]"poor";"-"        the first whose condition holds
/// </code>
/// </summary>
internal static partial class XlsxFormatSections
{
    private const int WithText = 4;

    /// <summary>The section for a value, and the value as that section shows it: the section for negative numbers has its own sign.</summary>
    public static (string Section, double Value) For(string format, double value)
    {
        var sections = Split(format);
        if (sections.Exists(section => Condition().IsMatch(section)))
            return (sections.Find(section => Condition().Match(section) is not { Success: true } condition || Holds(condition, value)) ?? "General", value);
        return (Math.Min(sections.Count, WithText - 1), value) switch
        {
            (> 1, < 0) => (sections[1], -value),
            (> 2, 0) => (sections[2], value),
            _ => (sections[0], value),
        };
    }

    /// <summary>The section for texts; null when they are shown as they are.</summary>
    public static string? ForText(string format)
    {
        if (!format.Contains('@', StringComparison.Ordinal) && !format.Contains(';', StringComparison.Ordinal))
            return null;
        var sections = Split(format);
        return sections.Count >= WithText ? sections[WithText - 1] : sections.Find(section => section.Contains('@', StringComparison.Ordinal));
    }

    /// <summary>The characters of a section that are shown, with their positions; texts are told from signs for digits. Padding, fill and colours are left out.</summary>
    public static IEnumerable<(char Character, bool IsText, int At)> Characters(string section)
    {
        for (var at = 0; at < section.Length; at++)
        {
            switch (section[at])
            {
                case '"':
                    for (at++; at < section.Length && section[at] != '"'; at++)
                        yield return (section[at], true, at);
                    break;
                case '\\' when at + 1 < section.Length:
                    at++;
                    yield return (section[at], true, at);
                    break;
                case '_' or '*':
                    at++;
                    break;
                case '[':
                    var end = section.IndexOf(']', at) is >= 0 and var found ? found : section.Length;
                    if (at + 1 < end && section[at + 1] == '$')
                    {
                        for (at += 2; at < end && section[at] != '-'; at++)
                            yield return (section[at], true, at); // the sign of a currency
                    }
                    at = end;
                    break;
                default:
                    yield return (section[at], false, at);
                    break;
            }
        }
    }

    private static List<string> Split(string format)
    {
        var sections = new List<string>();
        var (start, quoted) = (0, false);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] == '\\' && !quoted)
                at++;
            else if (format[at] == '"')
                quoted = !quoted;
            else if (format[at] == ';' && !quoted)
            {
                sections.Add(format[start..at]);
                start = at + 1;
            }
        }
        sections.Add(format[start..]);
        return sections;
    }

    private static bool Holds(Match condition, double value)
    {
        var limit = double.Parse(condition.Groups["limit"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        return condition.Groups["sign"].Value switch
        {
            "=" => value == limit,
            "<" => value < limit,
            ">" => value > limit,
            "<=" => value <= limit,
            ">=" => value >= limit,
            _ => value != limit,
        };
    }

    [GeneratedRegex(@"\[(?<sign><=|>=|<>|<|>|=)(?<limit>-?\d+(\.\d+)?)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Condition();
}
