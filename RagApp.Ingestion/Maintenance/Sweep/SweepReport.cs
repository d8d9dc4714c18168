using System.Globalization;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>Counts the orphans that a sweep found and repaired, by tenant and kind.</summary>
internal sealed class SweepReport(bool dryRun, IProgress<VerbUpdate> progress)
{
    /// <summary>The mark in the place of a tenant for orphans that belong to no tenant.</summary>
    public const string NoTenant = "-";

    /// <summary>Number of lasting orphans named in the report; the rest are only counted.</summary>
    private const int Named = 20;

    private readonly SortedDictionary<(string Tenant, OrphanKind Kind), (int Found, int Mended)> _counts = [];
    private int _named;

    public bool DryRun => dryRun;

    public int Found => _counts.Values.Sum(count => count.Found);

    public int Mended => _counts.Values.Sum(count => count.Mended);

    public int Documents { get; set; }

    public long Chunks { get; set; }

    public IEnumerable<(OrphanKind Kind, int Found, int Mended)> ByKind =>
        _counts.GroupBy(count => count.Key.Kind).Select(kind => (kind.Key, kind.Sum(count => count.Value.Found), kind.Sum(count => count.Value.Mended)));

    public void Add(string tenant, OrphanKind kind, bool mended)
    {
        var (found, done) = _counts.GetValueOrDefault((tenant, kind));
        _counts[(tenant, kind)] = (found + 1, mended ? done + 1 : done);
    }

    /// <summary>Adds an orphan that a sweep cannot repair, with the way to repair it.</summary>
    public void AddLasting(string tenant, OrphanKind kind, string subject, string wayOut)
    {
        Add(tenant, kind, mended: false);
        if (++_named <= Named)
            progress.Line($"{tenant}: {subject}: {wayOut}");
    }

    public void Print()
    {
        if (_counts.Count > 0)
            progress.Line($"{"tenant",-20} {"orphans",-24} {"found",8} {"mended",8}");
        foreach (var ((tenant, kind), (found, mended)) in _counts)
            progress.Line(string.Create(CultureInfo.InvariantCulture, $"{tenant,-20} {kind,-24} {found,8:N0} {mended,8:N0}"));
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"{Found:N0} orphans found, {Mended:N0} mended{(dryRun ? " (dry run)" : "")}: looked at {Documents:N0} documents and {Chunks:N0} chunks."));
    }
}
