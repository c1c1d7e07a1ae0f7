using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Schema;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>A task's definition, to the letter and by the schema's rules, and how it comes to the service.</summary>
public sealed class WindowsTaskSchedulerTests
{
    private const string Author = @"CONTOSO\anna";

    // What [MS-TSCH] 2.5 says of the elements in use: all are in any order, but those of a trigger.
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"
                   targetNamespace="http://schemas.microsoft.com/windows/2004/02/mit/task" elementFormDefault="qualified">
          <xs:simpleType name="text"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
          <xs:element name="Task"><xs:complexType><xs:all>
            <xs:element name="RegistrationInfo"><xs:complexType><xs:all>
              <xs:element name="Author" type="xs:string" minOccurs="0"/><xs:element name="Description" type="xs:string" minOccurs="0"/>
            </xs:all></xs:complexType></xs:element>
            <xs:element name="Triggers"><xs:complexType><xs:sequence><xs:element name="TimeTrigger"><xs:complexType><xs:sequence>
              <xs:element name="Enabled" type="xs:boolean" minOccurs="0"/><xs:element name="StartBoundary" type="xs:dateTime"/>
              <xs:element name="EndBoundary" type="xs:dateTime" minOccurs="0"/>
              <xs:element name="Repetition"><xs:complexType><xs:all>
                <xs:element name="Interval"><xs:simpleType><xs:restriction base="xs:duration"><xs:minInclusive value="PT1M"/><xs:maxInclusive value="P31D"/></xs:restriction></xs:simpleType></xs:element>
              </xs:all></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
            <xs:element name="Principals"><xs:complexType><xs:sequence><xs:element name="Principal"><xs:complexType><xs:all>
              <xs:element name="UserId" type="text"/>
              <xs:element name="LogonType"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="S4U"/><xs:enumeration value="Password"/><xs:enumeration value="InteractiveToken"/></xs:restriction></xs:simpleType></xs:element>
            </xs:all><xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
            <xs:element name="Settings"><xs:complexType><xs:all>
              <xs:element name="MultipleInstancesPolicy"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="Parallel"/><xs:enumeration value="Queue"/><xs:enumeration value="IgnoreNew"/><xs:enumeration value="StopExisting"/></xs:restriction></xs:simpleType></xs:element>
              <xs:element name="DisallowStartIfOnBatteries" type="xs:boolean"/><xs:element name="StopIfGoingOnBatteries" type="xs:boolean"/>
              <xs:element name="StartWhenAvailable" type="xs:boolean"/><xs:element name="ExecutionTimeLimit" type="xs:duration"/>
            </xs:all></xs:complexType></xs:element>
            <xs:element name="Actions"><xs:complexType><xs:sequence><xs:element name="Exec"><xs:complexType><xs:all>
              <xs:element name="Command" type="text"/><xs:element name="Arguments" type="xs:string" minOccurs="0"/>
            </xs:all></xs:complexType></xs:element></xs:sequence><xs:attribute name="Context" type="xs:IDREF"/></xs:complexType></xs:element>
          </xs:all><xs:attribute name="version" type="xs:string"/></xs:complexType></xs:element>
        </xs:schema>
        """;

    private readonly FakeTaskService _service = new();
    private readonly RecordingReporter _reporter = new();

    [Fact]
    public void The_definition() => Assert.Equal(
        """
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Author>CONTOSO\anna</Author>
            <Description>Synchronizes the connectors of /home/anna/state.db that are due.</Description>
          </RegistrationInfo>
          <Triggers>
            <TimeTrigger>
              <StartBoundary>2000-01-01T00:00:00</StartBoundary>
              <Repetition>
                <Interval>PT5M</Interval>
              </Repetition>
            </TimeTrigger>
          </Triggers>
          <Principals>
            <Principal id="Author">
              <UserId>CONTOSO\anna</UserId>
              <LogonType>InteractiveToken</LogonType>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <StartWhenAvailable>true</StartWhenAvailable>
            <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>/opt/pwsh/pwsh</Command>
              <Arguments>-WindowStyle Hidden -NoProfile -NonInteractive -Command "Import-Module -Name '/opt/modules/OrchestratorConnector/0.1.0/OrchestratorConnector.psd1' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath '/home/anna/state.db'"</Arguments>
            </Exec>
          </Actions>
        </Task>

        """,
        TaskDefinition.Text(JobSamples.Plain, Author, null));

    [Fact]
    public void With_an_account_it_runs_whether_that_is_signed_in_or_not_and_holds_no_password()
    {
        string text = TaskDefinition.Text(JobSamples.Plain, Author, new TaskAccount(@"CONTOSO\svc", "p<&>w"));

        Assert.Contains(@"<UserId>CONTOSO\svc</UserId>", text, StringComparison.Ordinal);
        Assert.Contains("<LogonType>Password</LogonType>", text, StringComparison.Ordinal);
        Assert.Contains(@"<Author>CONTOSO\anna</Author>", text, StringComparison.Ordinal);
        Assert.Contains("<Arguments>-NoProfile -NonInteractive ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p<&>w", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p&lt;", text, StringComparison.Ordinal);
        Validate(text);
    }

    [Theory]
    [InlineData("/home/anna/my stores/O'Brien & ‘Söhne’ <1>.db")]
    [InlineData("/srv/状態 \ud83d\ude00 \"x\".db")]
    [InlineData(@"/ends\in\backslash\")]
    [InlineData("/srv/$HOME [a]*.db")]
    public async Task What_is_registered_fits_the_schema_and_is_read_back(string path)
    {
        ScheduledJob job = JobSamples.Of(path, 60, shell: "/opt" + path, module: "/modules" + path);
        Validate(TaskDefinition.Text(job, Author, null));

        Assert.True(await RegisterAsync(job));

        InstalledSchedule installed = Assert.Single(await Scheduler().GetAllAsync(CancellationToken.None));
        Assert.Equal((job.Name, job.StatePath, job.Shell, job.Module, job.Every, true), (installed.Name, installed.StatePath, installed.Shell, installed.Module, installed.Every, installed.Enabled));
        Assert.Equal(SchedulerKind.TaskScheduler, installed.Scheduler);
    }

    [Theory]
    [InlineData("/srv/%TEMP%/state.db")]
    [InlineData("/srv/$(Arg0)/state.db")]
    public void What_the_service_would_replace_is_refused(string path) =>
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => TaskDefinition.Text(JobSamples.Of(path), Author, null)).Id);

    [Fact]
    public async Task The_same_once_more_changes_nothing_however_the_service_writes_it()
    {
        Assert.True(await RegisterAsync(JobSamples.Plain));

        Assert.False(await RegisterAsync(JobSamples.Plain));

        Assert.Single(_service.Registrations);
    }

    [Fact]
    public async Task Whatever_differs_is_registered_in_its_place()
    {
        await RegisterAsync(JobSamples.Plain);

        Assert.True(await RegisterAsync(JobSamples.Of(JobSamples.Plain.StatePath, 30)));
        Assert.True(await RegisterAsync(JobSamples.Plain));
        Assert.True(await Scheduler(author: @"CONTOSO\berta").RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));
        Assert.Single(_service.Tasks);
        _service.Tasks[0] = _service.Tasks[0] with { Enabled = false };
        Assert.True(await Scheduler(author: @"CONTOSO\berta").RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));
        _service.Tasks[0] = _service.Tasks[0] with { Xml = "no XML" };
        Assert.True(await Scheduler(author: @"CONTOSO\berta").RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));
    }

    [Fact]
    public async Task An_account_with_a_password_is_registered_each_time_so_that_the_new_one_holds()
    {
        WindowsTaskScheduler scheduler = Scheduler(new TaskAccount(@"CONTOSO\svc", "secret"));

        Assert.True(await scheduler.RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));
        Assert.True(await scheduler.RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));

        Assert.Equal([(JobSamples.Plain.Name, @"CONTOSO\svc", "secret"), (JobSamples.Plain.Name, @"CONTOSO\svc", "secret")], _service.Registrations);
        Assert.All(_reporter.Warnings, w => Assert.Contains(@"CONTOSO\svc must be allowed to write the store", w, StringComparison.Ordinal));
        Assert.Equal(2, _reporter.Warnings.Count);
    }

    [Fact]
    public async Task A_managed_account_needs_no_password()
    {
        WindowsTaskScheduler scheduler = Scheduler(new TaskAccount(@"CONTOSO\gmsa$", null));

        Assert.True(await scheduler.RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));
        Assert.False(await scheduler.RegisterAsync(JobSamples.Plain, _reporter, CancellationToken.None));

        Assert.Equal([(JobSamples.Plain.Name, @"CONTOSO\gmsa$", null)], _service.Registrations);
        Assert.Contains("<LogonType>Password</LogonType>", _service.Tasks[0].Xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_is_the_definition_and_registers_nothing()
    {
        string plan = Scheduler().Plan(JobSamples.Plain).ToString();

        Assert.Contains(TaskDefinition.Text(JobSamples.Plain, Author, null), plan, StringComparison.Ordinal);
        Assert.Empty(_service.Registrations);
        await RegisterAsync(JobSamples.Plain);
        await Scheduler().UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None);
        Assert.Empty(_service.Tasks);
    }

    [Fact]
    public void A_task_that_somebody_changed_tells_what_it_can()
    {
        InstalledSchedule installed = TaskDefinition.Read(new TaskRecord("OrchestratorConnector-12345678", "<Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><Triggers><TimeTrigger><Repetition><Interval>often</Interval></Repetition></TimeTrigger></Triggers><Actions><Exec><Command>cmd.exe</Command><Arguments>/c x</Arguments></Exec></Actions></Task>", Enabled: true, null, null, 1));

        Assert.Equal("cmd.exe /c x", installed.Command);
        Assert.Null(installed.Every);
        Assert.Null(installed.StatePath);
        Assert.Equal(1, installed.LastResult);
    }

    [Theory]
    [InlineData("StartBoundary", "Repetition")]
    public void The_rules_of_this_test_refuse_another_order(string first, string second)
    {
        string text = TaskDefinition.Text(JobSamples.Plain, Author, null);
        int start = text.IndexOf($"<{first}>", StringComparison.Ordinal);
        int end = text.IndexOf($"<{second}>", StringComparison.Ordinal);
        string moved = text.Remove(start, end - start).Replace($"</{second}>", $"</{second}>{text.AsSpan(start, end - start)}", StringComparison.Ordinal);

        Assert.Throws<XmlSchemaValidationException>(() => Validate(moved));
    }

    [Fact]
    public void Here_is_no_Task_Scheduler_unless_this_is_Windows()
    {
        ComTaskService service = new();

        Assert.Equal(OperatingSystem.IsWindows(), service.IsAvailable);
    }

    private static void Validate(string text)
    {
        XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings };
        using XmlReader schema = XmlReader.Create(new StringReader(Schema));
        settings.Schemas.Add(null, schema);
        using XmlReader reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
        }
    }

    private WindowsTaskScheduler Scheduler(TaskAccount? account = null, string author = Author) => new(_service, author, account);

    private Task<bool> RegisterAsync(ScheduledJob job) => Scheduler().RegisterAsync(job, _reporter, CancellationToken.None);
}
