using System.Globalization;
using System.Xml;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// The open fields, of which only the result is read:
/// <code>
/// fldChar begin, instrText IF, [MERGEFIELD, 900], instrText ..., fldChar separate, result, fldChar end
/// fldChar begin / ffData / checkBox / default, checked      a tick box: it has no result
/// fldChar begin / ffData / ddList / result, listEntry       a list to choose from
/// </code>
/// A field inside the instruction of another is not shown, although it has a result.
/// </summary>
internal sealed class DocxFields
{
    private const int Deepest = 1_000;

    private readonly Stack<bool> _showsResult = new();
    private int _hidden;

    /// <summary>True while an instruction is read, which readers do not see.</summary>
    public bool InInstruction => _hidden > 0;

    /// <summary>Reads <c>w:fldChar</c>; returns the text of a form field at its beginning, or an empty text.</summary>
    public string Read(XmlReader reader)
    {
        switch (reader.Attribute("fldCharType"))
        {
            case "begin" when _showsResult.Count < Deepest:
                var text = InInstruction ? "" : FormValue(reader);
                _showsResult.Push(false);
                _hidden++;
                return text;
            case "separate" when _showsResult.TryPop(out var shown):
                _hidden -= shown ? 0 : 1;
                _showsResult.Push(true);
                break;
            case "end" when _showsResult.TryPop(out var shown):
                _hidden -= shown ? 0 : 1;
                break;
        }
        return "";
    }

    /// <summary>Shows the text again where the end of an instruction is missing.</summary>
    public void EndParagraph()
    {
        if (!InInstruction)
            return;
        _showsResult.Clear();
        _hidden = 0;
    }

    private static string FormValue(XmlReader reader)
    {
        var (isBox, isTicked, chosen) = (false, false, 0);
        var entries = new List<string>();
        var (hasContent, depth) = (!reader.IsEmptyElement, reader.Depth);
        while (hasContent && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            isBox |= reader.LocalName == "checkBox";
            if (isBox && reader.LocalName is "default" or "checked")
                isTicked = reader.IsOn();
            else if (reader.LocalName == "result" && int.TryParse(reader.Attribute("val"), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                chosen = index;
            else if (reader.LocalName == "listEntry")
                entries.Add(reader.Attribute("val") ?? "");
        }
        return isBox ? isTicked ? "[x]" : "[ ]" : entries.ElementAtOrDefault(chosen) ?? "";
    }
}
