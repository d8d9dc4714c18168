namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string that configuration must give (<c>ConnectionStrings:NAME</c>): a secret parameter.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<string> valueGetter)
    : ParameterResource(name, valueGetter, secret: true), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this}");

    internal override string Expression => $"{{{Name}.connectionString}}";
}
