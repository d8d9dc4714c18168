namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known when the application runs, and an expression when it is published.</summary>
internal interface IModelValue
{
    /// <summary>How the manifest writes it, for example <c>{redis.connectionString}</c>.</summary>
    string Expression { get; }

    /// <summary>The value in this run.</summary>
    /// <param name="replica">Which replica asks: its own target port is its own.</param>
    string Resolve(int replica);

    /// <summary>The resources the value is made of.</summary>
    IEnumerable<Resource> References { get; }
}
