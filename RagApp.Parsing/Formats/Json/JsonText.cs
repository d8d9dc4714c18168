using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace RagApp.Parsing.Formats.Json;

/// <summary>
/// Writes JSON as lines of names and values, one paragraph for each object in a list:
/// <code>
/// [{"name": "Ada", "home": {"city": "London"}, "tags": ["a", "b"]}]   ->   name: Ada
///                                                                          home.city: London
///                                                                          tags: a, b
/// </code>
/// </summary>
internal sealed class JsonText(BlockWriter output)
{
    /// <summary>Number of names of the path in front of a value.</summary>
    private const int NamesShown = 2;

    /// <summary>Length from which a word is taken for Base64 of an image or a file, and not for text.</summary>
    private const int LongestToken = 400;

    private readonly StringBuilder _lines = new();
    private readonly List<string> _path = [];
    private readonly Stack<Frame> _open = new();
    private string? _name;
    private bool _continues;

    public void Add(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString();
                _continues = false;
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(reader.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close();
                break;
            case JsonTokenType.String:
                AddValue(reader.GetString() ?? "");
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                AddValue(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
            case JsonTokenType.Null:
                _name = null;
                break;
        }
    }

    public void Flush()
    {
        output.Paragraph(_lines.ToString());
        _lines.Clear();
        _continues = false;
    }

    private void Open(bool isArray)
    {
        var isRecord = !isArray && (!_open.TryPeek(out var parent) || parent.IsArray);
        if (isRecord)
            Flush();
        if (_name is not null)
            _path.Add(_name);
        _open.Push(new Frame(isArray, isRecord, Named: _name is not null));
        (_name, _continues) = (null, false);
    }

    private void Close()
    {
        if (!_open.TryPop(out var frame))
            return;
        if (frame.IsRecord)
            Flush();
        if (frame.Named)
            _path.RemoveAt(_path.Count - 1);
        _continues = false;
    }

    private void AddValue(string value)
    {
        var inArray = _open.TryPeek(out var parent) && parent.IsArray;
        if (!IsData(value))
        {
            if (inArray && _continues)
                _lines.Append(", ").Append(value);
            else
                _lines.Append(_lines.Length > 0 ? "\n" : "").Append(Label()).Append(value);
            _continues = inArray;
        }
        _name = null;
    }

    private string Label()
    {
        var names = _path.TakeLast(NamesShown).Concat(_name is null ? [] : [_name]).TakeLast(NamesShown);
        return string.Join('.', names) is { Length: > 0 } label ? label + ": " : "";
    }

    private static bool IsData(string value) => value.Length > LongestToken && !value.Contains(' ', StringComparison.Ordinal) && Base64.IsValid(value);

    private readonly record struct Frame(bool IsArray, bool IsRecord, bool Named);
}
