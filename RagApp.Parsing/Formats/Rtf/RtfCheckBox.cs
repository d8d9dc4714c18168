namespace RagApp.Parsing.Formats.Rtf;

/// <summary>
/// Reads the tick box of a form, whose state stands beside the instruction of its field:
/// <code>{\field{\*\fldinst FORMCHECKBOX {\*\formfield \fftype1 \ffres25 \ffdefres1}}}   ticked by default, and not changed since</code>
/// </summary>
internal sealed class RtfCheckBox
{
    private const int TickBox = 1;
    private const int NotChanged = 25;

    private bool _isBox;
    private int? _state;
    private int _default;

    public void ReadWord(string word, int? value)
    {
        switch (word)
        {
            case "formfield":
                (_isBox, _state, _default) = (false, null, 0);
                break;
            case "fftype":
                _isBox = value == TickBox;
                break;
            case "ffres":
                _state = value;
                break;
            case "ffdefres":
                _default = value ?? 0;
                break;
        }
    }

    /// <summary>The box as text, once; null when there is none.</summary>
    public string? Take()
    {
        if (!_isBox)
            return null;
        _isBox = false;
        return (_state is null or NotChanged ? _default : _state) == 1 ? "[x]" : "[ ]";
    }
}
