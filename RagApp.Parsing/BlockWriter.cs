using System.Globalization;
using RagApp.Parsing.Members;
using RagApp.Parsing.Ocr;

namespace RagApp.Parsing;

/// <summary>Collects the text blocks that a format reads, in reading order. Cleans and counts the text and drops empty blocks.</summary>
internal sealed class BlockWriter
{
    /// <summary>Largest number of characters in a heading; a longer one is a paragraph in bold type.</summary>
    private const int LongestHeading = 200;

    public const int DeepestHeading = 6;

    private readonly List<TextBlock> _blocks = [];
    private readonly List<string> _asides = [];
    private readonly List<string> _warnings = [];
    private readonly MemberCollector _members;
    private readonly HeadingLines _lines;
    private long _characters;

    /// <param name="sink">Receives the files inside the file; when null they are only listed.</param>
    /// <param name="pages">Reads pages that the format cannot read; null when no other program may be started.</param>
    public BlockWriter(IMemberSink? sink = null, PageReader? pages = null) =>
        (_members, _lines, Pages) = (new MemberCollector(sink, Warn), new HeadingLines(_blocks), pages);

    public PageReader? Pages { get; }

    public FileProperties Properties { get; private set; } = new();

    public IReadOnlyList<TextBlock> Blocks => _blocks;

    /// <inheritdoc cref="ParseResult.Asides"/>
    public IReadOnlyList<string> Asides => _asides;

    public IReadOnlyList<string> Warnings => _members.LeftOut is { } leftOut ? [leftOut, .. _warnings] : _warnings;

    /// <summary>The files inside the file.</summary>
    public IReadOnlyList<DocumentMember> Members => _members.Members;

    public void SetTitle(string? title) => Properties = Properties with { Title = Line(title) ?? Properties.Title };

    public void SetAuthor(string? author) => Properties = Properties with { Author = Line(author) ?? Properties.Author };

    public void SetDates(DateTimeOffset? created, DateTimeOffset? modified) =>
        Properties = Properties with { Created = created ?? Properties.Created, Modified = modified ?? Properties.Modified };

    public void Heading(int level, string text, int? page = null)
    {
        var line = CleanText.OneLine(text);
        if (line.Length > LongestHeading)
            Add(BlockKind.Paragraph, line, level: 0, page);
        else
            Add(BlockKind.Heading, line, Math.Clamp(level, 1, DeepestHeading), page);
    }

    /// <param name="isBold">True when all of the text is bold; a short line of that kind is a heading.</param>
    public void Paragraph(string text, int? page = null, bool isBold = false) => Add(BlockKind.Paragraph, CleanText.Of(text), level: 0, page, isBold);

    /// <param name="number">The number that is shown before the item, such as <c>2.1</c>; empty for none.</param>
    public void ListItem(string text, int? page = null, string number = "") => Add(BlockKind.ListItem, Numbered(number, CleanText.Of(text)), level: 0, page);

    public void Code(string text) => Add(BlockKind.Code, CleanText.Of(text), level: 0, page: null);

    public void TableRow(IEnumerable<string> cells, int? page = null) =>
        Add(BlockKind.TableRow, JoinCells(cells), level: 0, page);

    /// <summary>Adds a note below the table that ended last.</summary>
    public void TableNote(string text, int? page = null) => Add(BlockKind.TableNote, CleanText.OneLine(text), level: 0, page);

    /// <summary>Adds text that readers of the file do not see, such as a link target, to <see cref="Asides"/>.</summary>
    public void Aside(string text)
    {
        var line = CleanText.OneLine(text);
        if (line.Length == 0)
            return;
        Count(line);
        _asides.Add(line);
    }

    public void Warn(string warning)
    {
        if (_warnings.Count < ParseLimits.Warnings)
            _warnings.Add(CleanText.OneLine(warning));
    }

    /// <inheritdoc cref="MemberCollector.Add"/>
    public void Member(string name, long size, Func<Stream> open) => _members.Add(name, size, open);

    /// <inheritdoc cref="MemberCollector.LeaveOut"/>
    public void LeaveOutMember(string kind) => _members.LeaveOut(kind);

    /// <summary>Joins the cells of a row on one line; the row is empty when all cells are.</summary>
    public static string JoinCells(IEnumerable<string> cells)
    {
        var texts = cells.Select(CleanText.OneLine).ToList();
        return texts.TrueForAll(text => text.Length == 0) ? "" : string.Join(" | ", texts).Trim();
    }

    /// <summary>The text after its number; an empty text stays empty.</summary>
    public static string Numbered(string number, string text) => number.Length == 0 || string.IsNullOrWhiteSpace(text) ? text : $"{number} {text}";

    /// <summary>The text on one line; null when it is empty, or too long for a title or a name.</summary>
    private static string? Line(string? text)
    {
        var clean = CleanText.OneLine(text);
        return clean.Length is > 0 and <= LongestHeading ? clean : null;
    }

    private void Add(BlockKind kind, string text, int level, int? page, bool isBold = false)
    {
        if (text.Length == 0)
            return;
        Count(text);
        _blocks.Add(new TextBlock(kind, text, level, page));
        _lines.Look(isBold);
    }

    private void Count(string text)
    {
        _characters += text.Length;
        if (_characters > ParseLimits.Characters)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"It holds more than {ParseLimits.Characters:N0} characters of text. Split it into several documents."));
    }
}
