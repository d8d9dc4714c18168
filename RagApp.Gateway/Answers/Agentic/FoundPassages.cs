using System.Globalization;
using System.Text;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Tokens;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>The numbered passages of an agentic answer. Those that tools find are added while there is room, each once.</summary>
internal sealed class FoundPassages
{
    /// <summary>Largest number that a citation can name.</summary>
    private const int MostPassages = 99;

    private readonly TokenCounter _counter;
    private readonly List<SearchHit> _passages;
    private readonly List<LeftOutPassage> _leftOut;
    private readonly List<SuspiciousPassage> _suspicious;
    private readonly Dictionary<(string DocumentId, int Ordinal), int> _numbers = [];

    /// <param name="first">Prompt with the passages of the first search.</param>
    public FoundPassages(PackedPrompt first, TokenCounter counter)
    {
        _counter = counter;
        _passages = [.. first.Passages];
        _leftOut = [.. first.LeftOut];
        foreach (var (index, passage) in _passages.Index())
            Number(passage, index + 1);
        _suspicious = [.. first.Suspicious];
        Prompt = first with { Passages = _passages, LeftOut = _leftOut, Suspicious = _suspicious };
    }

    /// <summary>The prompt, whose passages grow as tools find some.</summary>
    public PackedPrompt Prompt { get; }

    /// <summary>The passage with a number, from 1; null when there is none.</summary>
    public SearchHit? this[int number] => number >= 1 && number <= _passages.Count ? _passages[number - 1] : null;

    /// <summary>Adds passages, and describes them to the model.</summary>
    /// <param name="room">Tokens that the description may have.</param>
    public string Add(IEnumerable<SearchHit> hits, int room)
    {
        var text = new StringBuilder();
        var (known, tooLong) = (new List<int>(), 0);
        foreach (var hit in hits)
        {
            if (KnownAs(hit) is { } number)
            {
                known.Add(number);
                continue;
            }
            if (PassageBlock.IsSuspicious(hit))
            {
                var passage = new SuspiciousPassage(hit.DocumentId, hit.Ordinal, hit.Title);
                if (!_suspicious.Contains(passage))
                    _suspicious.Add(passage);
                continue;
            }
            var block = PassageBlock.Format(_passages.Count + 1, hit);
            var tokens = _counter.Count(block);
            if (tokens > room || _passages.Count >= MostPassages)
            {
                _leftOut.Add(new LeftOutPassage(hit.DocumentId, hit.Ordinal, hit.Title, tokens));
                tooLong++;
                continue;
            }
            room -= tokens;
            text.Append(block);
            _passages.Add(hit);
            Number(hit, _passages.Count);
        }
        if (known.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"Found again: {string.Join(", ", known.Distinct().Select(number => $"[{number}]"))}.\n");
        if (tooLong > 0)
            text.Append(CultureInfo.InvariantCulture, $"{tooLong} more did not fit.\n");
        return text.Length == 0 ? "Nothing was found." : text.ToString();
    }

    /// <summary>Number of a passage whose every part the model has; null when something of it is new.</summary>
    private int? KnownAs(SearchHit hit) =>
        PartsOf(hit).All(part => _numbers.ContainsKey((part.DocumentId, part.Ordinal))) ? _numbers[(hit.DocumentId, hit.Ordinal)] : null;

    private void Number(SearchHit hit, int number)
    {
        foreach (var part in PartsOf(hit).Append(hit))
            _numbers.TryAdd((part.DocumentId, part.Ordinal), number);
    }

    private static IEnumerable<SearchHit> PartsOf(SearchHit hit) => hit.Parts ?? [hit];
}
