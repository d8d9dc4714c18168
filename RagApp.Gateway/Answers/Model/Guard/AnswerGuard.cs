using RagApp.Contracts.Search;
using RagApp.Dlp;
using RagApp.Dlp.Streams;

namespace RagApp.Gateway.Answers.Model.Guard;

/// <summary>
/// Checks the text of a model before anything of it is used. A web address stays only when a passage of the prompt has it word for word, so that none can carry
/// data away; pictures become links, and HTML elements text. An answer that repeats the model's instructions is withheld.
/// </summary>
/// <param name="passages">Passages of the prompt; more may be added while the answer is read.</param>
internal sealed class AnswerGuard(string instructions, IReadOnlyCollection<SearchHit> passages) : IReplacement
{
    /// <summary>Stands in the place of an address that is in no passage.</summary>
    public const string NoAddress = "[LINK]";

    private static readonly AddressesInText Addresses = new();

    public IReadOnlyList<IDetector> Detectors { get; } = [Addresses, new PromptEcho(instructions)];

    /// <summary>True once the answer has repeated the model's instructions.</summary>
    public bool HasEcho { get; private set; }

    /// <summary>Number of addresses that were taken out.</summary>
    public int RemovedAddresses { get; private set; }

    public int RankOf(string detector) => detector == PromptEcho.DetectorName ? 1 : 0;

    public string? Replace(string detector, ReadOnlySpan<char> found)
    {
        if (detector == PromptEcho.DetectorName)
        {
            HasEcho = true;
            return "";
        }
        if (found[0] == '<')
            return "&lt;";
        if (found is AddressesInText.Picture)
            return "[";
        var address = found.ToString();
        if (passages.Any(passage => passage.Text.Contains(address, StringComparison.Ordinal)))
            return null;
        RemovedAddresses++;
        return NoAddress;
    }
}
