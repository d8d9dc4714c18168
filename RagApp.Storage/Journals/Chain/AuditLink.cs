using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Journals.Chain;

/// <summary>A link of the chain: it binds one segment of the journal to everything before it.</summary>
/// <param name="Number">Position in the chain, from 1.</param>
/// <param name="Segment">Key of the segment below the journal's folder.</param>
/// <param name="Sha256">SHA-256 of the segment's bytes.</param>
/// <param name="Records">Number of records in the segment.</param>
/// <param name="Previous">Hash of the link before; of the first one, 64 zeros.</param>
/// <param name="At">Time at which the link was written.</param>
/// <param name="Signature">Signature of all the above and of the journal's folder, so that a link fits nowhere else.</param>
internal sealed record AuditLink(long Number, string Segment, string Sha256, int Records, string Previous, DateTimeOffset At, string Signature)
{
    /// <summary>Hash before the first link.</summary>
    public static readonly string Origin = new('0', 64);

    public string SignedText(string folder) => string.Create(
        CultureInfo.InvariantCulture, $"link\n{folder}\n{Number}\n{Segment}\n{Sha256}\n{Records}\n{Previous}\n{At.ToUniversalTime():O}");

    public string HashIn(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{SignedText(folder)}\n{Signature}")));
}

/// <summary>A signed statement that the chain had got to this link: a chain that ends before it was cut off.</summary>
/// <param name="Number">Number of the link.</param>
/// <param name="Head">Hash of the link.</param>
public sealed record AuditCheckpoint(long Number, string Head, DateTimeOffset At, string Signature)
{
    internal string SignedText(string folder) => string.Create(CultureInfo.InvariantCulture, $"checkpoint\n{folder}\n{Number}\n{Head}\n{At.ToUniversalTime():O}");

    /// <summary>The checkpoint in one word, as the log shows it and as <c>audit verify --checkpoint</c> takes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Head}");
}
