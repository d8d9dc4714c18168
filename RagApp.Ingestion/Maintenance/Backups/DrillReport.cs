using System.Globalization;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>The comparison of one tenant's documents in a restored index.</summary>
internal sealed class DrillReport(string tenant)
{
    /// <summary>Largest number of differences that are printed.</summary>
    public const int MostShown = 20;

    private readonly List<string> _differences = [];

    /// <summary>Documents that are in the copy as they were in the store.</summary>
    public int Same { get; set; }

    /// <summary>Passages of these documents.</summary>
    public long Passages { get; set; }

    /// <summary>Documents that were changed or deleted since the backup began: nothing can be said about them.</summary>
    public int Changed { get; set; }

    /// <summary>Documents of which passages were searched.</summary>
    public int Sampled { get; set; }

    /// <summary>Faults that the drill found, one sentence each.</summary>
    public IReadOnlyCollection<string> Differences => _differences;

    public void Differs(string sentence) => _differences.Add(sentence);

    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"{tenant}: {Same:N0} documents with {Passages:N0} passages are the same, {Changed:N0} changed since, {Sampled:N0} searched, {Differences.Count:N0} differences.");
}
