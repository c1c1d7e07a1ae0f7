using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>The Task Scheduler service as it is known to behave: it keeps a definition in an order and with additions of its own.</summary>
internal sealed class FakeTaskService : ITaskService
{
    private static readonly XNamespace Space = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    public bool IsAvailable { get; init; } = true;

    public List<TaskRecord> Tasks { get; } = [];

    public List<(string Name, string? User, string? Password)> Registrations { get; } = [];

    public IReadOnlyList<TaskRecord> GetTasks() => Tasks;

    public void Register(string name, string xml, TaskAccount? account)
    {
        Registrations.Add((name, account?.UserName, account?.Password));
        Delete(name);
        XElement task = XElement.Parse(xml);
        task.Element(Space + "RegistrationInfo")!.Add(new XElement(Space + "URI", "\\" + name));
        task.Descendants(Space + "UserId").Single().Value = "S-1-5-21-1-2-3-1001";
        XElement settings = task.Element(Space + "Settings")!;
        settings.ReplaceNodes(settings.Elements().Reverse(), new XElement(Space + "IdleSettings", new XElement(Space + "StopOnIdleEnd", "true")));
        Tasks.Add(new TaskRecord(name, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + task, Enabled: true, null, null, null));
    }

    public void Delete(string name) => Tasks.RemoveAll(t => t.Name == name);
}
