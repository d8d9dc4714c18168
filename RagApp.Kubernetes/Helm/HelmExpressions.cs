using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using k8s.Models;

namespace RagApp.Kubernetes.Helm;

/// <summary>
/// Puts Helm expressions into typed objects. An expression is remembered and stands in the object as a token that its type admits: a
/// word, a number, an entry of a map, or an item of a list. <see cref="Resolve"/> replaces the tokens in the object's YAML.
/// </summary>
public sealed partial class HelmExpressions
{
    /// <summary>Numbers from here on are tokens; no object of a chart has such a number of its own.</summary>
    private const int FirstNumber = 1_950_000_000;

    /// <summary>Milliseconds that a line of a template may take.</summary>
    private const int RegexTimeout = 1_000;

    private readonly List<(string Expression, string? Condition)> _known = [];

    /// <summary>Stands for a text, or for a part of one.</summary>
    /// <param name="expression">Expression without braces, such as <c>.Values.namespace.name</c>.</param>
    public string Text(string expression) => string.Create(CultureInfo.InvariantCulture, $"HELMTEXT{Remember(expression)}X");

    /// <summary>Stands for a value that is a text; a field whose value is empty is left out, so that the cluster's default holds.</summary>
    public string TextOrNothing(string path) => string.Create(CultureInfo.InvariantCulture, $"HELMTEXT{Remember(path, condition: path)}X");

    /// <summary>Stands for a whole number.</summary>
    /// <param name="expression">Expression without braces.</param>
    /// <param name="condition">The field is left out unless this holds; null to write it always.</param>
    public int Number(string expression, string? condition = null) => FirstNumber + Remember(expression, condition);

    /// <summary>Stands for a quantity.</summary>
    public ResourceQuantity Quantity(string expression) => new(Number(expression).ToString(CultureInfo.InvariantCulture));

    /// <summary>Stands for all entries of a map among the values; it is a key, with any value.</summary>
    public string Entries(string path) => string.Create(CultureInfo.InvariantCulture, $"HELMENTRIES{Remember(path)}X");

    /// <summary>Stands for all items of a list among the values; it is the first field of the only item.</summary>
    public string Items(string path) => string.Create(CultureInfo.InvariantCulture, $"HELMITEMS{Remember(path)}X");

    /// <summary>Replaces tokens by expressions, and protects braces that are not meant for Helm.</summary>
    public string Resolve(string yaml)
    {
        var resolved = new StringBuilder();
        int? textBelow = null;
        foreach (var line in yaml.Replace("{{", """{{ "{{" }}""", StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd().Split('\n'))
        {
            // A text of several lines stands further to the right than the line that begins it, and is no YAML.
            if (textBelow is { } begin && (line.Length == 0 || IndentOf(line) > begin))
            {
                resolved.Append(Embedded(line)).Append('\n');
                continue;
            }
            textBelow = TextBegins().IsMatch(line) ? IndentOf(line) : null;
            resolved.Append(ResolveLine(line)).Append('\n');
        }
        return resolved.ToString();
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    private string ResolveLine(string line)
    {
        if (Block().Match(line) is { Success: true } block)
            return AllOf(block.Groups["indent"].Value, Known(block).Expression);
        if (Number().Match(line) is { Success: true } number)
            return NumberIn(line, number);
        if (Scalar().Match(line) is { Success: true } scalar)
            return ScalarIn(scalar.Groups["start"].Value, scalar.Groups["value"].Value);
        return Embedded(line);
    }

    /// <summary>All entries or items, or nothing when there are none: they may have siblings of the chart's own.</summary>
    private static string AllOf(string indent, string path) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {{{indent}}}{{- with {{{path}}} }}
        {{{indent}}}{{- toYaml . | nindent {{{indent.Length}}} }}
        {{{indent}}}{{- end }}
        """);

    private string NumberIn(string line, Match number)
    {
        var (expression, condition) = _known[int.Parse(number.Value, CultureInfo.InvariantCulture) - FirstNumber];
        return If(condition, line.Replace(number.Value, $"{{{{ {expression} }}}}", StringComparison.Ordinal));
    }

    /// <summary>A text of one expression is quoted by Helm; around a text with other characters the quotes are written here.</summary>
    private string ScalarIn(string start, string value)
    {
        if (Text().Match(value) is not { Success: true } only || only.Length < value.Length)
            return $"{start}{Embedded(QuotesAround(value))}";
        var (expression, condition) = Known(only);
        return If(condition, $"{start}{{{{ {expression} | quote }}}}");
    }

    private static string QuotesAround(string value) => value[0] is '"' or '\'' ? value : value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";

    private string Embedded(string text) => Text().Replace(text, token => $"{{{{ {Known(token).Expression} }}}}");

    private static string If(string? condition, string line) => condition is null ? line : $"{{{{- if {condition} }}}}\n{line}\n{{{{- end }}}}";

    private (string Expression, string? Condition) Known(Match token) => _known[int.Parse(token.Groups["number"].Value, CultureInfo.InvariantCulture)];

    private int Remember(string expression, string? condition = null)
    {
        var known = _known.IndexOf((expression, condition));
        if (known >= 0)
            return known;
        _known.Add((expression, condition));
        return _known.Count - 1;
    }

    [GeneratedRegex(@"^(?<indent> *)(- .*HELMITEMS|HELMENTRIES)(?<number>\d+)X", RegexOptions.None, RegexTimeout)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b195\d{7}\b", RegexOptions.None, RegexTimeout)]
    private static partial Regex Number();

    /// <summary>An entry <c>key: value</c> or an item <c>- value</c> on one line whose value has a token.</summary>
    [GeneratedRegex(@"^(?<start> *(?:- )*(?:[\w./-]+: +)?)(?<value>[^ ].*HELMTEXT\d+X.*|HELMTEXT\d+X.*)$", RegexOptions.None, RegexTimeout)]
    private static partial Regex Scalar();

    /// <summary>A line that ends as a text of several lines begins.</summary>
    [GeneratedRegex("[:-] [|>][-+]?$", RegexOptions.None, RegexTimeout)]
    private static partial Regex TextBegins();

    [GeneratedRegex(@"HELMTEXT(?<number>\d+)X", RegexOptions.None, RegexTimeout)]
    private static partial Regex Text();
}
