namespace Aspire.Hosting.ApplicationModel;

/// <summary>Several values with semicolons between them, as ASP.NET Core lists URLs and ports.</summary>
internal sealed class JoinedValue(IReadOnlyList<IModelValue> values) : IModelValue
{
    public string Expression => string.Join(';', values.Select(v => v.Expression));

    public IEnumerable<Resource> References => values.SelectMany(v => v.References);

    public string Resolve(int replica) => string.Join(';', values.Select(v => v.Resolve(replica)));
}
