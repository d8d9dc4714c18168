namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of a connection string that a reference also hands over one by one (host, port, password, ...).</summary>
internal interface IConnectionProperties
{
    IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties { get; }
}
