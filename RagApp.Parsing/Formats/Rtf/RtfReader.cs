using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>
/// Reads RTF:
/// <code>
/// {\rtf1\ansi\ansicpg1252
///   {\fonttbl{\f0\fcharset0 Arial;}} {\stylesheet{\s1 heading 1;}} {\info{\title Trips}}
///   \pard\s1 Trips\par \pard Caf\'e9, \u8364?40{\footnote per day}\par
///   \trowd\intbl a\cell b\cell\row }
/// </code>
/// A group inherits the state of the group around it. Open groups are kept on an explicit stack, so deep nesting cannot overflow the call stack.
/// </summary>
internal sealed class RtfReader(RtfTokens tokens, BlockWriter output)
{
    private const int DeepestGroup = 20_000;

    private readonly Stack<RtfGroup> _groups = new();
    private readonly RtfParagraphs _paragraphs = new(output);
    private readonly RtfFonts _fonts = new();
    private readonly RtfInformation _information = new(output);
    private readonly RtfCheckBox _box = new();
    private readonly List<byte> _bytes = [];
    private RtfGroup _group = new(RtfDestination.Text, 1252, BytesAfterUnicode: 1, Invisible: false, OpensStory: false, Style: default, SymbolFont: null);
    private bool _marked;
    private bool _groupBegins;
    private int _skip;

    public void Read()
    {
        for (var token = tokens.Read(); token.Kind != RtfTokenKind.End; token = tokens.Read())
        {
            if (token.Kind == RtfTokenKind.Byte)
            {
                AddByte((byte)token.Value!);
                continue;
            }
            FlushBytes();
            if (token.Kind == RtfTokenKind.OpenGroup)
                OpenGroup();
            else if (token.Kind == RtfTokenKind.CloseGroup)
                CloseGroup();
            else if (token.Kind == RtfTokenKind.Symbol)
                ReadSymbol(token.Word);
            else
                ReadWord(token.Word, token.Value);
        }
        FlushBytes();
        _paragraphs.End();
    }

    private void OpenGroup()
    {
        if (_groups.Count == DeepestGroup)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture, $"Its groups nest more than {DeepestGroup:N0} deep. Save it again in its program and upload that."));
        _groups.Push(_group);
        _group = _group with { OpensStory = false };
        (_groupBegins, _marked, _skip) = (true, false, 0);
    }

    /// <summary>Ends a group; a surplus closing brace is ignored.</summary>
    private void CloseGroup()
    {
        _information.Close(_group.Destination);
        if (_group.OpensStory)
            _paragraphs.CloseStory();
        if (_groups.TryPop(out var outer))
            _group = outer;
        if (_group.Destination == RtfDestination.Text && _box.Take() is { } box)
            AddText(box);
        (_groupBegins, _marked, _skip) = (false, false, 0);
    }

    private void ReadSymbol(string symbol)
    {
        if (symbol == "*")
        {
            _marked = true;
            return;
        }
        if (_skip > 0)
            _skip--;
        else if (symbol is "{" or "}" or "\\")
            AddText(symbol);
        else if (symbol is "~" or "_")
            AddText(symbol == "~" ? " " : "-");
    }

    private void ReadWord(string word, int? value)
    {
        if (_groupBegins)
            BeginGroup(word);
        _groupBegins = false;
        switch (_group.Destination)
        {
            case RtfDestination.Text:
                ReadTextWord(word, value);
                break;
            case RtfDestination.Skipped:
                _box.ReadWord(word, value);
                break;
            case RtfDestination.Fonts:
                _fonts.Define(word, value ?? 0);
                break;
            case RtfDestination.Styles:
                _paragraphs.Styles.Define(word, value ?? 0);
                break;
            case RtfDestination.Title or RtfDestination.Author or RtfDestination.ListNumber when word == "u" && value is { } code:
                ReadUnicode(code);
                break;
            case RtfDestination.Created or RtfDestination.Modified:
                _information.AddDate(word, value ?? 0);
                break;
        }
    }

    private void BeginGroup(string word)
    {
        if (_group.Destination == RtfDestination.Skipped && word != "ud")
            return;
        if (RtfDestinations.Of(word, _marked, _group.Destination) is { } destination)
        {
            _group = _group with { Destination = destination };
        }
        else if (_group.Destination == RtfDestination.Text && RtfDestinations.Story(word) is { } label)
        {
            _group = _group with { OpensStory = true };
            _paragraphs.OpenStory(label, RtfDestinations.IsPageLine(word));
        }
        if (_group.Destination == RtfDestination.ListNumber)
            _paragraphs.MarkItem();
    }

    private void ReadTextWord(string word, int? value)
    {
        switch (word)
        {
            case "u" when value is { } code:
                ReadUnicode(code);
                break;
            case "uc":
                _group = _group with { BytesAfterUnicode = Math.Clamp(value ?? 1, 0, 10) };
                break;
            case "ansicpg" when value is > 0:
                _fonts.DocumentEncoding = value.Value;
                _group = _group with { Encoding = value.Value };
                break;
            case "mac" or "pc" or "pca":
                _fonts.DocumentEncoding = word switch { "mac" => 10_000, "pc" => 437, _ => 850 };
                _group = _group with { Encoding = _fonts.DocumentEncoding };
                break;
            case "deff":
                _fonts.DefaultFont = value;
                break;
            case "f":
                _group = _group with { Encoding = _fonts.EncodingOf(value ?? 0), SymbolFont = _fonts.SymbolFontOf(value ?? 0) };
                break;
            case "plain":
                _group = _group with { Encoding = _fonts.DefaultEncoding, Invisible = false, Style = default, SymbolFont = null };
                break;
            case "v" or "deleted":
                _group = _group with { Invisible = value != 0 };
                break;
            case "super" or "up" or "sub" or "dn" or "nosupersub" or "strike" or "striked" or "b":
                _group = _group with { Style = RtfStyles.Apply(_group.Style, word, value) };
                break;
            default:
                if (RtfCharacters.Of(word) is { } character)
                    AddText(character);
                else
                    _paragraphs.ReadWord(word, value);
                break;
        }
    }

    private void ReadUnicode(int code)
    {
        AddText(((char)(code & 0xFFFF)).ToString());
        _skip = _group.BytesAfterUnicode;
    }

    private void AddByte(byte value)
    {
        _groupBegins = false;
        if (_skip > 0)
            _skip--;
        else if (_group.Destination != RtfDestination.Skipped)
            _bytes.Add(value);
    }

    /// <summary>Decodes the collected bytes together, since a character may have two.</summary>
    private void FlushBytes()
    {
        if (_bytes.Count == 0)
            return;
        var encoding = _group.SymbolFont is null ? TextDecoder.ByCodePage(_group.Encoding) ?? Encoding.Latin1 : Encoding.Latin1;
        AddText(encoding.GetString(CollectionsMarshal.AsSpan(_bytes)));
        _bytes.Clear();
    }

    private void AddText(string text)
    {
        if (_group.Destination == RtfDestination.Text && !_group.Invisible)
            _paragraphs.Append(_group.SymbolFont is { } font ? SymbolFonts.Text(font, text) : text, _group.Style);
        else if (_group.Destination == RtfDestination.ListNumber)
            _paragraphs.AppendNumber(text);
        else if (_group.Destination == RtfDestination.Fonts)
            _fonts.Name(text);
        else if (_group.Destination == RtfDestination.Styles)
            _paragraphs.Styles.Name(text);
        else
            _information.AddText(_group.Destination, text);
    }
}

/// <summary>The state inside a group (between two braces); a group starts with the state of the group around it.</summary>
/// <param name="Destination">The destination of the text: the document, a table of fonts or styles, or nothing.</param>
/// <param name="Encoding">Number of the code page of the bytes.</param>
/// <param name="BytesAfterUnicode">Number of characters after a character like <c>\u233</c> that repeat it for programs without Unicode.</param>
/// <param name="Invisible">True for hidden or deleted text.</param>
/// <param name="OpensStory">True when the group has its own paragraphs, as a note or a header has.</param>
/// <param name="Style">The looks of the text that change what it says.</param>
/// <param name="SymbolFont">The font, when its characters are symbols.</param>
internal readonly record struct RtfGroup(
    RtfDestination Destination, int Encoding, int BytesAfterUnicode, bool Invisible, bool OpensStory, RunStyle Style, string? SymbolFont);
