namespace RagApp.Ingestion.Samples;

/// <summary>Sample documents, section <c>Samples</c>. Used in Development only.</summary>
public sealed class SamplesOptions
{
    public const string Section = "Samples";

    /// <summary>True when an empty demo tenant gets sample documents; true by default.</summary>
    public bool Enabled { get; set; } = true;
}
