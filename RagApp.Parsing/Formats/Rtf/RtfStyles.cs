using System.Text;
using RagApp.Parsing.Formats.Docx;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Finds the paragraph styles that are headings, by their names: <c>{\stylesheet{\s1 heading 1;}}</c>.</summary>
internal sealed class RtfStyles
{
    private readonly Dictionary<int, int> _levels = [];
    private readonly StringBuilder _name = new();
    private int _defined;

    public int LevelOf(int style) => _levels.GetValueOrDefault(style);

    public void Define(string word, int value)
    {
        if (word != "s")
            return;
        _defined = value;
        _name.Clear();
    }

    public void Name(string text)
    {
        _name.Append(text);
        if (!text.EndsWith(';'))
            return;
        if (DocxStyles.LevelOfName(_name.ToString().TrimEnd(';').Trim()) is > 0 and var level)
            _levels[_defined] = level;
        _name.Clear();
        _defined = 0;
    }
}
