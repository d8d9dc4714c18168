namespace Aspire.Hosting.Run;

/// <summary>Writes whole lines of many processes to one console, each with its name in front.</summary>
internal sealed class ConsoleOutput(TextWriter writer, bool colours)
{
    private const string HostName = "apphost";
    private static readonly string[] Palette = ["36", "33", "32", "35", "34", "96", "93", "92", "95", "94"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _colours = new(StringComparer.Ordinal);
    private int _width = HostName.Length;

    public static ConsoleOutput OfThisProcess { get; } = new(
        Console.Out, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>Makes the prefix wide enough for <paramref name="names"/>.</summary>
    public void Align(IEnumerable<string> names) => _width = names.Select(n => n.Length).Append(_width).Max();

    /// <summary>A line of the host itself.</summary>
    public void Write(string text) => Write(HostName, text);

    public void Write(string name, string text)
    {
        lock (_gate)
        {
            var padded = name.PadRight(_width);
            writer.WriteLine(colours ? $"\e[{ColourOf(name)}m{padded} |\e[0m {text}" : $"{padded} | {text}");
        }
    }

    private string ColourOf(string name)
    {
        if (!_colours.TryGetValue(name, out var colour))
            _colours[name] = colour = Palette[_colours.Count % Palette.Length];
        return colour;
    }
}
