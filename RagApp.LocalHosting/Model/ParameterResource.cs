namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that configuration gives (<c>Parameters:NAME</c>), or its default.</summary>
public class ParameterResource : Resource, IModelValue
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> valueGetter, bool secret)
        : base(name)
    {
        _value = new Lazy<string>(valueGetter);
        Secret = secret;
    }

    public bool Secret { get; }

    internal ParameterDefault? Default { get; init; }

    internal string Value => _value.Value;

    internal virtual string Expression => $"{{{Name}.value}}";

    string IModelValue.Expression => Expression;

    string IModelValue.Resolve(int replica) => Value;

    IEnumerable<Resource> IModelValue.References => [this];
}
