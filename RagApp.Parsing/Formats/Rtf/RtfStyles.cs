using System.Text;
using RagApp.Parsing.Formats.Docx;
using RagApp.Parsing.Formats.Runs;

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

    /// <summary>The looks of a text after a word such as <c>\super</c>.</summary>
    public static RunStyle Apply(RunStyle style, string word, int? value) => word switch
    {
        "super" or "up" when value != 0 => style with { Baseline = Baseline.Super },
        "sub" or "dn" when value != 0 => style with { Baseline = Baseline.Sub },
        "strike" or "striked" => style with { Struck = value != 0 },
        "b" => style with { Bold = value != 0 },
        _ => style with { Baseline = Baseline.Normal },
    };

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
