namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of the application: a project, a container, a parameter, a connection string.</summary>
public interface IResource
{
    string Name { get; }
}
