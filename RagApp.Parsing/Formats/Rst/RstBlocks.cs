using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Rst;

/// <summary>
/// Reads reStructuredText line by line:
/// <code>
/// Title            a line underlined (or also overlined) by one mark; a mark gets its level at its first appearance
/// =====
/// .. note:: text   directives: their content is kept, their options are not; other ".." lines are comments
/// * item           lists; a line that ends in "::" is followed by code
/// === ===          tables, by the columns of their border lines; +---+ grids by their bars
/// </code>
/// </summary>
internal sealed partial class RstBlocks(string[] lines, BlockWriter output)
{
    private readonly List<string> _titleMarks = [];
    private int _at;

    public void Read()
    {
        while (_at < lines.Length)
        {
            var line = lines[_at];
            if (string.IsNullOrWhiteSpace(line))
                _at++;
            else if (!TryTitle() && !TryTable() && !TryDirective(line))
                ReadText();
        }
    }

    /// <summary>Reads a title. Overlined titles have other levels than titles that are only underlined.</summary>
    private bool TryTitle()
    {
        var overlined = IsRule(_at) && IsRule(_at + 2) && !string.IsNullOrWhiteSpace(LineAt(_at + 1)) && !LineAt(_at).Contains(' ', StringComparison.Ordinal);
        var title = overlined ? _at + 1 : _at;
        if (!IsRule(title + 1) || IsRule(title) || LineAt(title).TrimEnd().Length > LineAt(title + 1).TrimEnd().Length + 2)
            return false;
        var mark = $"{overlined}{LineAt(title + 1)[0]}";
        if (!_titleMarks.Contains(mark))
            _titleMarks.Add(mark);
        output.Heading(_titleMarks.IndexOf(mark) + 1, RstInline.Text(LineAt(title)));
        _at = title + 2;
        return true;
    }

    private bool TryTable()
    {
        if (!RstTable.IsBorder(lines[_at]))
            return false;
        var table = lines.Skip(_at).TakeWhile(line => !string.IsNullOrWhiteSpace(line)).ToList();
        foreach (var row in RstTable.Rows(table))
            output.TableRow(row.Select(RstInline.Text));
        _at += table.Count;
        return true;
    }

    private bool TryDirective(string line)
    {
        if (!line.TrimStart().StartsWith("..", StringComparison.Ordinal) || line.TrimStart() is not (".." or ['.', '.', ' ', ..]))
            return false;
        var indent = IndentOf(line);
        _at++;
        var body = TakeIndented(indent);
        if (Directive().Match(line) is not { Success: true } directive)
            return true; // a comment, a link target or a substitution
        Write(directive.Groups["name"].Value, directive.Groups["rest"].Value.Trim(), body);
        return true;
    }

    private void Write(string name, string argument, List<string> body)
    {
        var text = body.SkipWhile(line => Option().IsMatch(line)).ToArray();
        switch (name)
        {
            case "image" or "figure" or "include" or "raw" or "toctree" or "contents" or "highlight" or "index" or "meta":
                output.Paragraph(RstInline.Text(string.Join('\n', name == "figure" ? text : [])));
                break;
            case "code" or "code-block" or "sourcecode" or "parsed-literal" or "literalinclude" or "math":
                output.Code(string.Join('\n', text));
                break;
            default:
                output.Paragraph(RstInline.Text(argument));
                new RstBlocks(Unindent(text), output).Read();
                break;
        }
    }

    /// <summary>Reads a paragraph, a list item or a quotation: the lines up to the next empty one.</summary>
    private void ReadText()
    {
        var first = lines[_at];
        var paragraph = new List<string>();
        while (_at < lines.Length && !string.IsNullOrWhiteSpace(lines[_at]) && (paragraph.Count == 0 || !Item().IsMatch(lines[_at])))
            paragraph.Add(lines[_at++].Trim());
        var literal = paragraph[^1].EndsWith("::", StringComparison.Ordinal);
        if (literal)
            paragraph[^1] = paragraph[^1][..^1].TrimEnd(':') is { Length: > 0 } kept ? kept + ":" : "";
        var text = string.Join(' ', paragraph);
        if (Item().Match(text) is { Success: true } item)
            output.ListItem(RstInline.Text(text[item.Length..]));
        else
            output.Paragraph(RstInline.Text(FieldMark().Replace(text, "$1: ")));
        if (literal)
            output.Code(string.Join('\n', TakeIndented(IndentOf(first))));
    }

    /// <summary>Takes the lines indented more than <paramref name="indent"/>, including empty lines between them.</summary>
    private List<string> TakeIndented(int indent)
    {
        var body = new List<string>();
        while (_at < lines.Length && (string.IsNullOrWhiteSpace(lines[_at]) || IndentOf(lines[_at]) > indent))
            body.Add(lines[_at++]);
        return body;
    }

    private static string[] Unindent(string[] body)
    {
        var indent = body.Where(line => !string.IsNullOrWhiteSpace(line)).Select(IndentOf).DefaultIfEmpty().Min();
        return [.. body.Select(line => line.Length >= indent ? line[indent..] : "")];
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;

    private string LineAt(int index) => index < lines.Length ? lines[index] : "";

    private bool IsRule(int index) => Rule().IsMatch(LineAt(index));

    [GeneratedRegex(@"^([=\-~^""'`*+#:.<>_])\1{2,}\s*$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s*\.\. (\|[^|]+\| )?(?<name>[a-zA-Z][\w:+-]*)::(?<rest>.*)$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*(:[\w -]+:.*)?$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Option();

    [GeneratedRegex(@"^\s*([*+•-]|\(?(\d{1,3}|[a-zA-Z]|#)[.)])\s+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Item();

    [GeneratedRegex(@"^:([\w -]+):\s+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex FieldMark();
}
