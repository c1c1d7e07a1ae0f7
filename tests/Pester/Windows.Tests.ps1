# What only Windows can show, for Windows PowerShell 5.1 and PowerShell 7: data protection, access rights, integrated
# authentication, the event log, Task Scheduler. Invoke-Tests.ps1 leaves this file out elsewhere; all other files run here too.

BeforeDiscovery {
    $isCore = $PSVersionTable.PSEdition -eq 'Core'
    if ($isCore) {
        Write-Host 'PowerShell 7 has private load contexts, which Import.Tests.ps1 is about: the tests of the one context of Windows PowerShell are left out.'
    }
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule

    # The protection of secrets as the module chooses it here. The core may be in a context of its own: found by its file.
    function Get-Protector {
        param([string] $StatePath)
        $core = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'OrchestratorConnector.Core' } | Select-Object -First 1
        $core.GetType('OrchestratorConnector.Secrets.SecretProtector', $true).GetMethod('For').Invoke($null, @($StatePath))
    }

    function Invoke-Protector {
        param($Protector, [string] $Method, [object[]] $Arguments)
        $interface = $Protector.GetType().GetInterface('OrchestratorConnector.Secrets.ISecretProtector')
        , $interface.GetMethod($Method).Invoke($Protector, $Arguments)
    }

    # Whom the rights of a file or folder are for, as SIDs.
    function Get-Right {
        param([string] $Path)
        $security = Get-Acl -LiteralPath $Path
        $security.GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier]) | ForEach-Object { $_.IdentityReference.Value } | Sort-Object -Unique
    }

    # Everything that a file holds, as one text of each encoding that a password could be in.
    function Get-FileText {
        param([string] $Path)
        $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'Open', 'Read', 'ReadWrite, Delete'
        try {
            $memory = New-Object -TypeName System.IO.MemoryStream
            $stream.CopyTo($memory)
            $bytes = $memory.ToArray()
        }
        finally {
            $stream.Dispose()
        }
        [System.Text.Encoding]::UTF8.GetString($bytes) + [System.Text.Encoding]::Unicode.GetString($bytes) + [System.Text.Encoding]::Unicode.GetString($bytes, 1, $bytes.Length - 1)
    }

    $me = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    # The owner, by whatever name, the system and the administrators.
    $allowed = 'S-1-3-4', $me.User.Value, 'S-1-5-18', 'S-1-5-32-544'
}

Describe 'A stored password' {
    BeforeAll {
        $store = New-TestStore
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'Unmistakable-Secret-1')
        $protector = Get-Protector $store
    }

    It 'is protected by DPAPI, and no key file lies beside the store' {
        $protector.GetType().Name | Should -Be 'DpapiProtector'
        Test-Path -LiteralPath "$store.key" | Should -BeFalse
    }

    It 'comes back for the purpose that it was stored for, and for no other' {
        $blob = Invoke-Protector $protector 'Protect' @('secret', 'one purpose')
        (Invoke-Protector $protector 'Unprotect' @($blob, 'one purpose')) | Should -BeExactly 'secret'
        { Invoke-Protector $protector 'Unprotect' @($blob, 'another purpose') } | Should -Throw
    }

    It 'does not come back from DPAPI alone, without the purpose' {
        Add-Type -AssemblyName System.Security
        $blob = Invoke-Protector $protector 'Protect' @('secret', 'one purpose')
        $bare = [byte[]]$blob[1..($blob.Length - 1)]
        { [System.Security.Cryptography.ProtectedData]::Unprotect($bare, $null, 'CurrentUser') } | Should -Throw
    }

    It 'is in no file of the store' {
        foreach ($file in Get-ChildItem -LiteralPath (Split-Path -Parent $store) -File) {
            Get-FileText $file.FullName | Should -Not -Match 'Unmistakable-Secret-1' -Because $file.Name
        }
    }

    It 'is used by another process of the same user' {
        $server = Start-TestServer -Arguments '--runbooks', '5', '--basic', 'svc', '--password-from-env', 'WINDOWS_TESTS_PASSWORD' -Environment @{ WINDOWS_TESTS_PASSWORD = 'Unmistakable-Secret-1' }
        $null = New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Credential (New-TestCredential 'svc' 'Unmistakable-Secret-1') -AllowUnencryptedAuthentication
        $result = Invoke-OtherShell 'Import-Module $module; (Sync-OrchestratorConnector A).Total' -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be '5'
    }
}

Describe 'The rights of a store' {
    BeforeAll {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid:81 -SkipTest
    }

    It 'are the owner''s, the system''s and the administrators'' on <_>' -ForEach 'the folder', 'the file' {
        $path = $store
        if ($_ -eq 'the folder') {
            $path = Split-Path -Parent $store
        }
        (Get-Acl -LiteralPath $path).AreAccessRulesProtected | Should -BeTrue
        foreach ($sid in Get-Right $path) {
            $allowed | Should -Contain $sid
        }
    }

    It 'are the same on what SQLite puts beside it' {
        foreach ($file in Get-ChildItem -LiteralPath (Split-Path -Parent $store) -File) {
            foreach ($sid in Get-Right $file.FullName) {
                $allowed | Should -Contain $sid -Because $file.Name
            }
        }
    }
}

Describe 'A store at a long path' {
    It 'works, or is refused by name and leaves nothing behind' {
        $root = (Get-PSDrive -Name TestDrive).Root
        $folder = $root
        while ($folder.Length -lt 300) {
            $folder = Join-Path $folder ('long' * 10)
        }
        $path = Join-Path $folder 'state.db'
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid:81 -SkipTest -StatePath $path }
        if ($problem) {
            $problem.FullyQualifiedErrorId | Should -BeLike 'Store*,OrchestratorConnector.Commands.*'
            $problem.Exception.Message | Should -Match 'state\.db'
        }
        else {
            (Get-OrchestratorConnector -StatePath $path).Name | Should -Be 'A'
        }
    }
}

Describe 'Integrated authentication' {
    BeforeAll {
        $null = New-TestStore
        # http.sys lets everybody listen on localhost.
        $port = ([uri]"http://127.0.0.1:$(Get-ClosedPort)").Port + 1
        $listener = New-Object -TypeName System.Net.HttpListener
        $listener.Prefixes.Add("http://localhost:$port/")
        $listener.AuthenticationSchemes = 'IntegratedWindowsAuthentication'
        $listener.Start()
        $users = [System.Collections.ArrayList]::Synchronized((New-Object -TypeName System.Collections.ArrayList))
        $shell = [powershell]::Create().AddScript({
                param($Listener, $Users)
                while ($Listener.IsListening) {
                    $context = $Listener.GetContext()
                    $null = $Users.Add($context.User.Identity.Name)
                    $context.Response.StatusCode = 404
                    $context.Response.Close()
                }
            }).AddArgument($listener).AddArgument($users)
        $null = $shell.BeginInvoke()
    }

    AfterAll {
        $listener.Stop()
        $shell.Dispose()
    }

    It 'signs in as the current user without being told' {
        $result = Test-OrchestratorConnector -ServiceUrl "http://localhost:$port/Orchestrator2012/Orchestrator.svc"
        $result.Success | Should -BeFalse -Because 'this server is no Orchestrator'
        $users | Should -Contain $me.Name
    }
}

Describe 'TLS' {
    It 'is what the system wants, for this process as before' {
        $before = [System.Net.ServicePointManager]::SecurityProtocol
        $server = Get-SharedServer
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $server.WebApi
        [System.Net.ServicePointManager]::SecurityProtocol | Should -Be $before
        "$before" | Should -Match 'SystemDefault|Tls12'
    }

    It 'does not trust a certificate that nobody vouches for' {
        $server = Start-TestServer -Arguments '--runbooks', '1', '--https'
        $null = New-TestStore
        (Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $server.Base }).FullyQualifiedErrorId | Should -BeLike 'TlsFailed,*'
    }
}

Describe 'The event log' {
    It 'gets the events that the store gets, without a secret' {
        $start = (Get-Date).AddSeconds(-1)
        $null = New-TestStore
        $name = "Windows $([guid]::NewGuid().ToString('N'))"
        $null = New-OrchestratorConnector -Name $name -ServiceUrl (Get-SharedServer).Atom -Credential (New-TestCredential 'svc' 'Unmistakable-Secret-2')
        $null = Sync-OrchestratorConnector $name

        $stored = @(Get-OrchestratorConnectorEvent -Connector $name)
        $stored.Count | Should -BeGreaterThan 1
        $logged = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; StartTime = $start } -ErrorAction SilentlyContinue) +
            @(Get-WinEvent -FilterHashtable @{ LogName = 'Operations Manager'; StartTime = $start } -ErrorAction SilentlyContinue) |
            Where-Object { $_.ProviderName -eq 'OrchestratorConnector' -and ($_.Properties | ForEach-Object { "$($_.Value)" }) -match $name }
        $logged.Id | Sort-Object -Unique | Should -Be ($stored.Id | Sort-Object -Unique)
        ($logged | ForEach-Object { $_.Properties } | ForEach-Object { "$($_.Value)" }) -join "`n" | Should -Not -Match 'Unmistakable-Secret-2'
    }
}

Describe 'Task Scheduler' {
    BeforeAll {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl (Get-SharedServer).Atom -Every 00:01:00 -WarningAction SilentlyContinue
        $before = @(Get-ScheduledTask | ForEach-Object { $_.TaskPath + $_.TaskName })
        Register-OrchestratorConnectorSchedule -Every 00:05:00
        $tasks = @(Get-ScheduledTask | Where-Object { $before -notcontains ($_.TaskPath + $_.TaskName) })
    }

    AfterAll {
        Unregister-OrchestratorConnectorSchedule -Confirm:$false
    }

    It 'has one task, which runs what is due' {
        $tasks.Count | Should -Be 1
        @(Get-OrchestratorConnectorSchedule).Count | Should -Be 1
        "$($tasks[0].Actions.Execute)" | Should -Match '(powershell|pwsh)\.exe'
        $tasks[0].Settings.StartWhenAvailable | Should -BeTrue -Because 'missed runs are caught up'
        "$($tasks[0].Settings.MultipleInstances)" | Should -Be 'IgnoreNew'
    }

    It 'has still one after it was registered again' {
        Register-OrchestratorConnectorSchedule -Every 00:05:00
        @(Get-ScheduledTask | Where-Object { $before -notcontains ($_.TaskPath + $_.TaskName) }).Count | Should -Be 1
    }

    It 'runs it, and the connector is synchronized' {
        $null = Sync-OrchestratorConnector A
        $known = @(Get-OrchestratorConnectorHistory A).Count
        # Due a minute after the last run; the task is started by hand so that nobody waits for its own five minutes.
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        while (@(Get-OrchestratorConnectorHistory A).Count -eq $known -and $watch.Elapsed -lt [timespan]::FromMinutes(3)) {
            if ((Get-OrchestratorConnector A).NextRunTime -le (Get-Date)) {
                $tasks[0] | Start-ScheduledTask
            }
            # Task Scheduler tells nobody when a task has ended.
            $null = Wait-Event -SourceIdentifier OrchestratorConnector.Tests.Nothing -Timeout 1
        }
        @(Get-OrchestratorConnectorHistory A).Count | Should -BeGreaterThan $known
    }

    It 'has none after it was unregistered' {
        Unregister-OrchestratorConnectorSchedule -Confirm:$false
        @(Get-ScheduledTask | Where-Object { $before -notcontains ($_.TaskPath + $_.TaskName) }).Count | Should -Be 0
    }
}

Describe 'An import' {
    It 'costs less than a second' {
        function Measure-Start {
            param([string] $Script)
            $times = for ($turn = 0; $turn -lt 5; $turn++) {
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $null = Invoke-OtherShell $Script
                $watch.Elapsed.TotalMilliseconds
            }
            ($times | Sort-Object)[2]
        }
        (Measure-Start 'Import-Module $module') - (Measure-Start '$null') | Should -BeLessThan 1000
    }

    It 'works where <_> is spoken' -ForEach 'de-DE', 'tr-TR', 'ar-SA' {
        $script = "[System.Threading.Thread]::CurrentThread.CurrentCulture = '$_'; Import-Module `$module; " +
            "`$null = New-OrchestratorConnector A $((Get-SharedServer).Atom); (Sync-OrchestratorConnector A).Total"
        $result = Invoke-OtherShell $script -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be '120'
    }
}

if (-not $isCore) {
    Describe 'Beside a module with other versions of the same assemblies, in the one context of Windows PowerShell' {
        It 'both generations are synchronized, whoever was first: <_>' -ForEach 'the other module', 'this one' {
            $strangers = Join-Path (Get-PSDrive -Name TestDrive).Root ([guid]::NewGuid().ToString('N'))
            $null = New-Item -ItemType Directory -Path $strangers
            $load = @"
foreach (`$name in 'Polly.Core', 'Microsoft.Data.Sqlite', 'Microsoft.OData.Core', 'Microsoft.OData.Edm', 'SQLitePCLRaw.core', 'System.Memory', 'System.Buffers') {
    `$file = Join-Path '$strangers' "`$name.dll"
    Add-Type -TypeDefinition "[assembly: System.Reflection.AssemblyVersion(```"99.0.0.0```")] namespace Strange { public class Thing`$(`$name.Replace('.', '')) { } }" -OutputAssembly `$file
    if ([System.Reflection.Assembly]::LoadFrom(`$file).GetName().Version.Major -ne 99) { throw 'Not the other module''s.' }
}
"@
            $server = Get-SharedServer
            $use = @"
Import-Module `$module
`$null = New-OrchestratorConnector A '$($server.Atom)'
`$null = New-OrchestratorConnector W '$($server.WebApi)' -WarningAction Ignore
(Sync-OrchestratorConnector * | ForEach-Object { "`$(`$_.Connector) `$(`$_.Total)" }) -join ', '
"@
            $script = "$use; $load"
            if ($_ -eq 'the other module') {
                $script = "$load; $use"
            }
            $result = Invoke-OtherShell $script -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | Should -Be 'A 120, W 120'
        }
    }
}
