namespace Aspire.Hosting.ApplicationModel;

/// <summary>A parameter in another form; <c>uri</c> is the only one.</summary>
internal sealed class FormattedParameter(ParameterResource parameter, string format) : IModelValue
{
    public string Name => $"{Parameter.Name}-{Format}-encoded";

    public ParameterResource Parameter => parameter;

    public string Format => format;

    public string Expression => $"{{{Name}.value}}";

    public IEnumerable<Resource> References => [parameter];

    public string Resolve(int replica) => Uri.EscapeDataString(parameter.Value);
}
