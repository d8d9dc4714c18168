using System.Security.Cryptography;

namespace RagApp.Gateway.Answers.Model.Guard;

/// <summary>A word that stands in the instructions of every model and nowhere else, another one in each run of the service. An answer that has it repeats them.</summary>
internal static class PromptMark
{
    private const string Placeholder = "{{$mark}}";
    private const int Bytes = 8;

    public static string Value { get; } = $"mk{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes))}";

    /// <summary>Instructions with the mark in its place.</summary>
    public static string PutIn(string instructions) => instructions.Replace(Placeholder, Value, StringComparison.Ordinal);
}
