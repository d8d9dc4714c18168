using System.Globalization;
using System.Text;
using RagApp.Contracts.Usage;

namespace RagApp.Gateway.Usage;

/// <summary>Writes the lines of a report as CSV (RFC 4180), the same columns whatever was asked for.</summary>
internal static class UsageCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string Header = "day,model,feature,key,calls,inputTokens,outputTokens,costUsd\r\n";

    public static string Write(UsageReport report)
    {
        var csv = new StringBuilder(Header);
        foreach (var line in report.Lines)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{line.Day:yyyy-MM-dd},{Text(line.Model)},{Text(line.Feature)},{Text(line.Key)},");
            csv.Append(CultureInfo.InvariantCulture, $"{line.Usage.Calls},{line.Usage.InputTokens},{line.Usage.OutputTokens},{line.Usage.Cost}\r\n");
        }
        return csv.ToString();
    }

    /// <summary>Quotes a text where necessary; one that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
    private static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
