using System.Globalization;
using System.Text.RegularExpressions;
using RagApp.Text.Languages;

namespace RagApp.Text;

/// <summary>Days as people write them: <c>2026-03-05</c>, <c>05.03.26</c>, <c>5 March 2026</c>, <c>March 5th, 2026</c>, <c>5 de marzo de 2026</c>.</summary>
public static partial class WrittenDates
{
    private static readonly string[] Numeric =
        ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy", "d.M.yy", "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yyyy", "M/d/yyyy", "yyyy/MM/dd", "yyyyMMdd"];

    /// <summary>The number of the month by each of its names.</summary>
    private static readonly Dictionary<string, int> Months = Language.All
        .SelectMany(language => language.Months.Index().SelectMany(month => month.Item.Split(' ').Select(name => (Name: name, Number: month.Index + 1))))
        .DistinctBy(month => month.Name, StringComparer.Ordinal).ToDictionary(month => month.Name, month => month.Number, StringComparer.Ordinal);

    /// <summary>The days that a text names.</summary>
    public static IEnumerable<DateOnly> In(string text) => Numbers().Matches(text).Concat(Words().Matches(text.ToLowerInvariant()))
        .Select(match => DateOf(Value(match, "year"), MonthOf(match.Groups["month"].Value), Value(match, "day")))
        .OfType<DateOnly>().Distinct();

    /// <summary>The day in numbers, and with the name of its month in every language.</summary>
    public static IEnumerable<string> FormsOf(DateOnly date) =>
    [
        .. Numeric.Select(format => date.ToString(format, CultureInfo.InvariantCulture)),
        $"{date.Day} {date.Year}",
        .. Language.All.SelectMany(language => language.Months[date.Month - 1].Split(' ')).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>True when a text names the day in any form; <c>03/05/2026</c> is both 3 May and 5 March.</summary>
    public static bool Has(string text, DateOnly date) =>
        In(text).Contains(date) || text.Contains(date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static int MonthOf(string written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Months.GetValueOrDefault(written);

    private static int Value(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static DateOnly? DateOf(int year, int month, int day)
    {
        var full = year < 100 ? 2000 + year : year;
        return full is >= 1000 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(full, month) ? new DateOnly(full, month, day) : null;
    }

    [GeneratedRegex("""
        (?<![\p{L}\p{Nd}./-])(?:
            (?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})
          | (?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})
          | (?<day>\d{1,2})\.[ ]?(?<month>\d{1,2})\.[ ]?(?<year>\d{4}|\d{2})
          | (?<day>\d{1,2})/(?<month>\d{1,2})/(?<year>\d{4})
          | (?<year>(?:19|20)\d\d)(?<month>[01]\d)(?<day>[0-3]\d)
          | (?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日
        )(?![\p{L}\p{Nd}]|[./-]\d)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex("""
        (?<![\p{L}\p{Nd}])(?:
            (?<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[ ]+(?:(?:of|de)[ ]+)?(?<month>\p{L}{3,})\.?,?[ ]+(?:(?:de|del)[ ]+)?(?<year>\d{4})
          | (?<month>\p{L}{3,})\.?[ ]+(?<day>\d{1,2})(?:st|nd|rd|th)?,?[ ]+(?<year>\d{4})
        )(?![\p{L}\p{Nd}])
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
