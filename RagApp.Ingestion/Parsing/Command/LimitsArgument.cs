using System.Globalization;

namespace RagApp.Ingestion.Parsing.Command;

/// <summary>A value of <c>--limits</c>: <c>memory=512,cpu=60,wall=120</c> for all formats, <c>pdf:memory=1024</c> for one.</summary>
internal static class LimitsArgument
{
    public static KeyValuePair<string, FormatLimits> Read(string text, ref string error)
    {
        var limits = new FormatLimits();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var format = colon < 0 ? "" : text[..colon];
        foreach (var part in text[(colon + 1)..].Split(','))
        {
            if (part.Split('=') is not [var name, var value]
                || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !Set(limits, name, number))
                error = error.Length > 0 ? error : $"'{part}' is no limit: memory=MIB, cpu=SECONDS or wall=SECONDS, with commas between them.";
        }
        return new KeyValuePair<string, FormatLimits>(format, limits);
    }

    private static bool Set(FormatLimits limits, string name, int number)
    {
        switch (name)
        {
            case "memory":
                limits.MemoryMiB = number;
                return true;
            case "cpu":
                limits.CpuSeconds = number;
                return true;
            case "wall":
                limits.WallTime = TimeSpan.FromSeconds(number);
                return true;
            default:
                return false;
        }
    }
}
