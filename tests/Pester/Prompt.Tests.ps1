# What somebody at a prompt has from the objects: views, texts, sorting, files, other processes, and a strict or constrained shell.

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $ellipsis = [string][char]0x2026
    $before = $env:ORCHESTRATOR_CONNECTOR_STATE
    $source = Start-Source
    $store = New-TestStore

    # As long as real names get.
    $longName = 'Production Environment of the Central Data Center, Berlin, Row 12'.Substring(0, 64)
    $deep = '\Operations Department\Windows Servers\Patching and Restarts\Scheduled Maintenance Window'
    $restart = "$deep\Restart the Service of a Computer with a Name of Sixty-four Char."
    $null = Add-SourceRunbook $source $restart -In 'Computer Name', 'Service Name' -Out 'Result', 'Return Code' -Description @{ 'Computer Name' = 'The machine on which the service is restarted: its name in the domain, not its address' }
    $tidy = Add-SourceRunbook $source '\Ops\Tidy' -In 'Folder' -Out 'Result'
    $null = Add-SourceRunbook $source '\Ops\Fail' -Activity 'Initialize Data', 'Run the long script' -Script @{ End = 'Failure'; Activity = 'Run the long script'; Error = 'The remote server returned an error: (500) Internal Server Error, after it had been asked for nothing special at all.' }
    $null = New-OrchestratorRunAsAccount -Name 'Runbooks of the Production Environment' -Credential (New-TestCredential 'CONTOSO-EUROPE\service-account-for-orchestrator-runbooks' 'hidden')
    $null = New-OrchestratorRunAsAccount -Name 'Vaulted' -SecretName 'orchestrator-production-credential' -Vault CompanyVault
    $null = New-OrchestratorConnector -Name $longName -ServiceUrl $source.Atom -Protocol Atom -SkipTest
    $null = New-OrchestratorConnector -Name Second -ServiceUrl $source.WebApi -Protocol WebApi -SkipTest -Disabled -RunAsAccount Vaulted -WarningAction Ignore
    $null = Sync-OrchestratorConnector $longName
    $null = Invoke-Source $source AddParameter @{ Runbook = "$tidy"; Name = 'Extra' }
    $sync = Sync-OrchestratorConnector $longName
    $activity = New-SMRunbookActivity 'Restart the service for a service request of the portal' $restart -Map @{ 'Computer Name' = 'Server'; 'Service Name' = { $_.Service.Name } } -ReadyForAutomation
    $test = Test-OrchestratorConnector $longName
    $objects = [ordered]@{
        ConnectorSyncResult      = $sync
        SMRunbookChange          = $sync.Changes
        OrchestratorConnector    = Get-OrchestratorConnector
        OrchestratorRunAsAccount = Get-OrchestratorRunAsAccount
        OrchestratorFolder       = Get-OrchestratorFolder $longName -Recurse
        SMRunbook                = Get-SMRunbook
        SMRunbookParameter       = (Get-SMRunbook -Path $restart).Parameters
        ConnectorTestResult      = $test
        ConnectorTestCheck       = $test.Checks
        SMRunbookJob             = & {
            Invoke-SMRunbook Tidy -Parameter @{ Folder = 'C:\Temp\A long name of a folder'; Extra = 1 }
            Invoke-SMRunbook Fail -ErrorAction Ignore
        }
        SMRunbookActivity        = $activity
    }

    function Get-View {
        param($Item, [int] $Width = 120)
        @(($Item | Out-String -Width $Width) -split '\r?\n' | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m', '').TrimEnd() } | Where-Object { $_ })
    }

    # What a column of a view with one row says, its lines put together.
    function Get-Cell {
        param([string[]] $View, [string] $Label, [string] $Next)
        $start = $View[0].IndexOf($Label)
        $start | Should -BeGreaterOrEqual 0 -Because "there is a column $Label"
        $cells = foreach ($line in $View | Select-Object -Skip 2) {
            $end = $(if ($Next) { $View[0].IndexOf($Next) } else { $line.Length })
            if ($line.Length -gt $start) { $line.Substring($start, [Math]::Min($end, $line.Length) - $start) }
        }
        (-join $cells) -replace '\s'
    }
}

AfterAll {
    Stop-Source $source
    $env:ORCHESTRATOR_CONNECTOR_STATE = $before
}

Describe 'A view' {
    It 'of <_> fits 120 columns and 80' -ForEach @(
        'ConnectorSyncResult', 'SMRunbookChange', 'OrchestratorConnector', 'OrchestratorRunAsAccount', 'OrchestratorFolder', 'SMRunbook'
        'SMRunbookParameter', 'ConnectorTestResult', 'ConnectorTestCheck', 'SMRunbookJob', 'SMRunbookActivity'
    ) {
        $objects[$_] | Should -Not -BeNullOrEmpty
        foreach ($width in 120, 80) {
            (Get-View $objects[$_] $width | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual $width
        }
    }

    It 'cuts off no name and no path: <Type> <Label>' -ForEach @(
        @{ Type = 'ConnectorSyncResult'; Label = 'Connector'; Next = 'Status'; Property = 'Connector' }
        @{ Type = 'SMRunbookChange'; Label = 'Path'; Next = 'Contract'; Property = 'Path' }
        @{ Type = 'SMRunbookChange'; Label = 'Details'; Next = ''; Property = 'Details' }
        @{ Type = 'OrchestratorConnector'; Label = 'Name'; Next = 'Enabled'; Property = 'Name' }
        @{ Type = 'OrchestratorRunAsAccount'; Label = 'Name'; Next = 'UserName'; Property = 'Name' }
        @{ Type = 'OrchestratorRunAsAccount'; Label = 'UserName'; Next = 'SecretName'; Property = 'UserName' }
        @{ Type = 'OrchestratorFolder'; Label = 'Path'; Next = 'Connector'; Property = 'Path' }
        @{ Type = 'SMRunbook'; Label = 'Name'; Next = 'Path'; Property = 'Name' }
        @{ Type = 'SMRunbook'; Label = 'Path'; Next = 'Status'; Property = 'Path' }
        @{ Type = 'SMRunbook'; Label = 'Parameters'; Next = ''; Property = 'Parameters' }
        @{ Type = 'SMRunbookParameter'; Label = 'Description'; Next = ''; Property = 'Description' }
        @{ Type = 'SMRunbookJob'; Label = 'Runbook'; Next = 'Status'; Property = 'Runbook' }
        @{ Type = 'SMRunbookActivity'; Label = 'Name'; Next = 'Runbook'; Property = 'Name' }
        @{ Type = 'SMRunbookActivity'; Label = 'Runbook'; Next = 'Ready'; Property = 'Runbook' }
    ) {
        foreach ($item in $objects[$Type] | Where-Object { $null -ne $_.$Property }) {
            Get-Cell (Get-View $item) $Label $Next | Should -BeExactly ($item.$Property.ToString() -replace '\s')
        }
    }

    It 'shows on 80 columns what matters: <Type> <Labels>' -ForEach @(
        @{ Type = 'SMRunbook'; Labels = 'Name', 'Path', 'Status', 'Connector' }
        @{ Type = 'ConnectorSyncResult'; Labels = 'Connector', 'Status', 'Total', 'Added', 'Changed', 'Missing', 'Duration' }
        @{ Type = 'SMRunbookJob'; Labels = 'Runbook', 'Status', 'Instance', 'Duration', 'Output' }
        @{ Type = 'SMRunbookChange'; Labels = 'Change', 'Connector', 'Path', 'Contract', 'Details' }
    ) {
        # No label is broken in two, and a column is there or not.
        (Get-View $objects[$Type] 80)[0] -split '\s+' | Should -Be $Labels
    }

    It 'keeps a long output within a few lines' {
        $job = Invoke-SMRunbook Tidy -Parameter @{ Folder = 'x' * 5000; Extra = 1 }
        (Get-View $job).Count | Should -BeLessThan 10
        "$(Get-View $job)" | Should -Match $ellipsis
        $job.Result.Length | Should -Be 5000
    }
}

Describe 'An object' {
    It '<_> says as text what it is' -ForEach @(
        'ConnectorSyncResult', 'SMRunbookChange', 'OrchestratorConnector', 'OrchestratorRunAsAccount', 'OrchestratorFolder', 'SMRunbook'
        'SMRunbookParameter', 'ConnectorTestResult', 'ConnectorTestCheck', 'SMRunbookJob', 'SMRunbookActivity'
    ) {
        foreach ($item in $objects[$_]) {
            "$item" | Should -Not -BeNullOrEmpty
            "$item" | Should -Not -Match 'OrchestratorConnector\.'
        }
    }

    It '<_> is a line of a CSV file without names of types' -ForEach @(
        'ConnectorSyncResult', 'SMRunbookChange', 'OrchestratorConnector', 'OrchestratorRunAsAccount', 'OrchestratorFolder', 'SMRunbook'
        'SMRunbookParameter', 'ConnectorTestResult', 'ConnectorTestCheck', 'SMRunbookJob', 'SMRunbookActivity'
    ) {
        $lines = @($objects[$_] | ConvertTo-Csv -NoTypeInformation)
        $lines.Count | Should -Be (1 + @($objects[$_]).Count)
        "$lines" | Should -Not -Match 'OrchestratorConnector\.Output|OrchestratorConnector\.Model|System\.|TextList'
        $lines[0] | Should -Not -Match 'Text"' -Because 'what is made for a view is not written'
    }

    It 'has its lists in a CSV file as text' {
        $row = Get-SMRunbook Tidy | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row.Parameters | Should -BeLike 'Extra, Folder, Result *'
        ($sync | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Changes | Should -BeLike 'Changed: \Ops\Tidy (*'
        ($test | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Checks | Should -BeLike 'Name resolution: Passed, *; TCP: Passed*'
    }

    It 'hides what is made for the views' {
        (Get-SMRunbook Tidy | Get-Member -MemberType Properties).Name | Should -Not -Contain 'ParametersText'
        (Get-SMRunbook Tidy | Select-Object -Property *).PSObject.Properties.Name | Should -Not -Contain 'ParametersText'
    }

    It 'becomes JSON that can be read again' -ForEach 'ConnectorSyncResult', 'OrchestratorConnector', 'SMRunbook', 'SMRunbookJob', 'ConnectorTestResult' {
        foreach ($item in $objects[$_]) {
            { $item | ConvertTo-Json -Depth 6 -WarningAction Stop | ConvertFrom-Json } | Should -Not -Throw
        }
    }

    It 'sorts by its name or path, and by any column' {
        (Get-SMRunbook | Sort-Object).Path | Should -Be ((Get-SMRunbook).Path | Sort-Object)
        (Get-OrchestratorConnector | Sort-Object).Name | Should -Be @($longName, 'Second')
        (Get-OrchestratorConnector | Sort-Object -Property Status).Name | Should -Be @('Second', $longName)
        $times = (Get-OrchestratorConnectorHistory | Sort-Object -Property StartTime).StartTime
        $times[0] | Should -BeLessThan $times[1]
        (Get-SMRunbookJob | Sort-Object -Property Duration).Count | Should -BeGreaterThan 1
    }
}

Describe 'An object from a file' {
    BeforeAll {
        # An enumeration comes back as its number, a table without its order, a list as its elements.
        function Get-Plain {
            param($Value)
            if ($Value -is [enum]) { return "$([int]$Value)" }
            if ($Value -is [System.Collections.IDictionary]) { return @($Value.Keys | Sort-Object | ForEach-Object { "$_=$($Value[$_])" }) -join ';' }
            "$Value"
        }

        function Save {
            param($Item)
            $file = Join-Path (Get-PSDrive -Name TestDrive).Root "$([guid]::NewGuid().ToString('N')).xml"
            $Item | Export-Clixml -LiteralPath $file
            Import-Clixml -LiteralPath $file
        }
    }

    It '<_> has its properties and its view' -ForEach @(
        'ConnectorSyncResult', 'SMRunbookChange', 'OrchestratorConnector', 'OrchestratorRunAsAccount', 'OrchestratorFolder', 'SMRunbook'
        'SMRunbookParameter', 'ConnectorTestResult', 'ConnectorTestCheck', 'SMRunbookJob', 'SMRunbookActivity'
    ) {
        $copy = @(Save $objects[$_])
        $original = @($objects[$_])
        $copy.Count | Should -Be $original.Count
        for ($i = 0; $i -lt $copy.Count; $i++) {
            foreach ($name in ($original[$i] | Get-Member -MemberType Properties).Name) {
                Get-Plain $copy[$i].$name | Should -Be (Get-Plain $original[$i].$name) -Because $name
            }
        }
        Get-View $copy | Should -Be (Get-View $original)
    }

    It 'is piped on: a connector' {
        $copy = Save (Get-OrchestratorConnector $longName)
        ($copy | Get-OrchestratorConnector).Name | Should -Be $longName
        ($copy | Sync-OrchestratorConnector).Status | Should -Be 'FinishedSuccess'
        $copy | Test-OrchestratorConnector -Quiet | Should -BeTrue
        @($copy | Get-OrchestratorConnectorHistory).Count | Should -BeGreaterThan 1
        ($copy | Get-OrchestratorFolder).Path | Should -Contain '\Ops'
        { $copy | Set-OrchestratorConnector -Description 'From a file' -ErrorAction Stop } | Should -Not -Throw
    }

    It 'is piped on: a runbook' {
        $copy = Save (Get-SMRunbook Tidy)
        ($copy | Get-SMRunbook).Path | Should -Be '\Ops\Tidy'
        $values = @{ Folder = 'a'; Extra = 1 }
        ($copy | Invoke-SMRunbook -Parameter $values).Result | Should -Be 'a'
        (Start-SMRunbook -SMRunbook $copy -Parameter $values).Path | Should -Be '\Ops\Tidy'
        { $copy | Compare-SMRunbook -ErrorAction Stop } | Should -Not -Throw
    }

    It 'is piped on: a job, an account, an activity' {
        $job = Invoke-SMRunbook Tidy -Parameter @{ Folder = 'a'; Extra = 1 }
        (Save $job | Get-SMRunbookJob).Id | Should -Be $job.Id
        (Save $job | Wait-SMRunbookJob).Status | Should -Be 'Completed'
        (Save (Get-OrchestratorRunAsAccount Vaulted) | Get-OrchestratorRunAsAccount).Name | Should -Be 'Vaulted'
        (Save $activity | Get-SMRunbookActivity).Name | Should -Be $activity.Name
    }

    It 'that is no runbook is none' {
        { [pscustomobject]@{ Id = [guid]::NewGuid() } | Invoke-SMRunbook -ErrorAction Stop } | Should -Throw
    }
}

Describe 'In another process' {
    It 'Start-Job synchronizes, reads and runs, and what comes back is piped on' {
        $work = {
            param($Module, $State, $Connector)
            $env:ORCHESTRATOR_CONNECTOR_STATE = $State
            Import-Module $Module
            Sync-OrchestratorConnector $Connector
            Get-SMRunbook Tidy
            Invoke-SMRunbook Tidy -Parameter @{ Folder = 'job'; Extra = 1 }
        }
        $job = Start-Job -ArgumentList (Get-ModuleManifestPath), $env:ORCHESTRATOR_CONNECTOR_STATE, $longName -ScriptBlock $work
        try {
            $result = @(Receive-Job -Job $job -Wait -ErrorAction Stop)
        }
        finally {
            Remove-Job -Job $job -Force
        }
        $result.Count | Should -Be 3
        $result[0].Total | Should -Be 3
        $result[2].Result | Should -Be 'job'
        ($result[1] | Invoke-SMRunbook -Parameter @{ Folder = 'here'; Extra = 1 }).Result | Should -Be 'here'
        ($result[2] | Get-SMRunbookJob).Id | Should -Be $result[2].Id
        "$(Get-View $result[1])" | Should -Match 'Folder, Result'
    }
}

# Neither is there in Windows PowerShell.
if ($PSVersionTable.PSVersion.Major -ge 7) {
    Describe 'Many at once in one process' {
        It 'Start-ThreadJob synchronizes, reads and runs' {
            $work = {
                param($Module, $Number, $Connector)
                Import-Module $Module
                # One synchronization of a connector at a time: the others are told so.
                $null = Sync-OrchestratorConnector $Connector -ErrorAction SilentlyContinue -ErrorVariable refused
                foreach ($one in $refused) { if ($one.FullyQualifiedErrorId -notlike 'ResourceBusy,*') { throw $one } }
                $null = Get-SMRunbook
                (Invoke-SMRunbook Tidy -Parameter @{ Folder = "$Number"; Extra = 1 }).Result
            }
            $jobs = 1..6 | ForEach-Object { Start-ThreadJob -ThrottleLimit 6 -ArgumentList (Get-ModuleManifestPath), $_, $longName -ScriptBlock $work }
            try {
                Receive-Job -Job $jobs -Wait -ErrorAction Stop | Sort-Object | Should -Be ('1', '2', '3', '4', '5', '6')
            }
            finally {
                Remove-Job -Job $jobs -Force
            }
        }

        It 'ForEach-Object -Parallel reads, runs and writes' {
            $module = Get-ModuleManifestPath
            $results = 1..24 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:module
                $null = New-OrchestratorRunAsAccount "Account $_" -SecretName "secret $_"
                $count = @(Get-SMRunbook).Count
                "$count $((Invoke-SMRunbook Tidy -Parameter @{ Folder = "$_"; Extra = 1 }).Result)"
            }
            $results | Sort-Object | Should -Be (1..24 | ForEach-Object { "3 $_" } | Sort-Object)
            @(Get-OrchestratorRunAsAccount 'Account *').Count | Should -Be 24
        }

        It 'ForEach-Object -Parallel runs what comes down the pipeline' {
            $module = Get-ModuleManifestPath
            $runbook = Get-SMRunbook Tidy
            $results = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:module
                ($using:runbook | Invoke-SMRunbook -Parameter @{ Folder = "$_"; Extra = 1 }).Result
            }
            $results | Sort-Object | Should -Be ('1', '2', '3', '4', '5', '6', '7', '8')
        }
    }
}

Describe 'A <Mode> shell' -ForEach @(
    @{ Mode = 'strict'; Script = 'Set-StrictMode -Version Latest'; ImportFirst = $false }
    @{ Mode = 'constrained'; Script = '$null = 1'; ImportFirst = $true }
    @{ Mode = 'constrained from the beginning'; Script = '$null = 1'; ImportFirst = $false }
) {
    BeforeAll {
        $null = New-TestStore
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()

        function Invoke-There {
            param([string] $Text)
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                $output = $shell.AddScript($Text).Invoke()
                if ($shell.HadErrors) { throw "$($shell.Streams.Error)" }
                $output
            }
            finally {
                $shell.Dispose()
            }
        }

        $import = "Import-Module -Name '$(Get-ModuleManifestPath)' -ErrorAction Stop"
        if ($ImportFirst) { Invoke-There $import }
        if ($Mode -ne 'strict') { $runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage' }
        Invoke-There $Script
        if (-not $ImportFirst) { Invoke-There $import }
        Invoke-There "`$null = New-OrchestratorConnector Main '$($source.Atom)' -Protocol Atom -TimeoutSeconds 30 -Schedule Daily -At 03:00 -WebConsoleUrl http://127.0.0.1:82 -SkipTest"
        Invoke-There '$null = Sync-OrchestratorConnector Main'
    }

    AfterAll {
        $runspace.Dispose()
        $env:ORCHESTRATOR_CONNECTOR_STATE = $store
    }

    It 'runs <_>' -ForEach @(
        'Get-OrchestratorConnector Main | Out-String -Width 120 | Where-Object { $_ -match "Finished Success" }'
        'Get-SMRunbook Tidy | Out-String -Width 120 | Where-Object { $_ -match "Folder, Result" }'
        'Test-OrchestratorConnector Main | Out-String -Width 120 | Where-Object { $_ -match "Passed   TCP" }'
        'Sync-OrchestratorConnector Main -WhatIf | Out-String -Width 120 | Where-Object { $_ -match "What If" }'
        'Get-OrchestratorConnectorHistory Main | ForEach-Object { $_.Changes } | Out-String -Width 120 | Where-Object { $_ -match "Added" }'
        'Get-OrchestratorFolder Main | ForEach-Object { $_.Path }'
        'Set-OrchestratorConnector Main -Schedule Interval -Every 04:00:00 -Protocol Atom -PassThru | ForEach-Object { $_.Schedule }'
        '(Invoke-SMRunbook Tidy -Parameter @{ Folder = "a"; Extra = 1 }).Output.Result'
        'Invoke-SMRunbook Tidy -Folder a -Extra 1 | Out-String -Width 120 | Where-Object { $_ -match "Result=a" }'
        '"" | Select-Object -Property @{ Name = "Place"; Expression = { "p" } } | Invoke-SMRunbook Tidy -Map @{ Folder = { $_.Place + "x" }; Extra = "Place" } | ForEach-Object { $_.Result } | Where-Object { $_ -eq "px" }'
        'Start-SMRunbook Tidy -Folder a -Extra 1 | Wait-SMRunbookJob | ForEach-Object { $_.Status }'
        'Get-SMRunbookJob -Status Completed -Last 1 -Since 2000-01-01 | Get-SMRunbookJob -Refresh'
        'Get-SMRunbookJob -Remote -Connector Main -Last 1'
        'New-OrchestratorRunAsAccount R -SecretName s; Set-OrchestratorRunAsAccount R -Description d; Remove-OrchestratorRunAsAccount R -Confirm:$false'
        'New-SMRunbookActivity A Tidy -Map @{ Folder = { $_.Place }; Extra = "Place" } -ReadyForAutomation | Out-String -Width 120; "" | Select-Object -Property @{ Name = "Place"; Expression = { "p" } } | Invoke-SMRunbookActivity A | ForEach-Object { $_.RunbookStatus } | Where-Object { $_ -eq "Success" }'
        'Compare-SMRunbook Tidy; Approve-SMRunbook Tidy; "done"'
        'Disable-OrchestratorConnector Main -PassThru; Enable-OrchestratorConnector Main -PassThru'
        '(Get-SMRunbook | Select-Object -First 1).Parameters.Count'
    ) {
        Invoke-There $_ | Should -Not -BeNullOrEmpty
    }
}

Describe 'What is said beside the output' {
    BeforeAll {
        $manifest = Get-ModuleManifestPath
        function Invoke-Watched {
            param([string] $Text)
            $shell = New-TestShell $Text
            try {
                $null = $shell.Invoke()
                [pscustomobject]@{ Verbose = @($shell.Streams.Verbose); Debug = @($shell.Streams.Debug); Progress = @($shell.Streams.Progress); Errors = @($shell.Streams.Error) }
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    It 'with -Verbose is the story of a synchronization in about a dozen lines' {
        $said = Invoke-Watched "Sync-OrchestratorConnector '$longName' -Verbose"
        $said.Errors | Should -BeNullOrEmpty
        $said.Verbose.Count | Should -BeGreaterThan 5
        $said.Verbose.Count | Should -BeLessThan 16
        "$($said.Verbose)" | Should -Not -Match 'GET http'
        $said.Debug | Should -BeNullOrEmpty
    }

    It 'with -Debug is every request, and the shell asks nothing' {
        $null = Invoke-Source $source ClearRequests
        $said = Invoke-Watched "Sync-OrchestratorConnector '$longName' -Debug"
        $said.Errors | Should -BeNullOrEmpty
        @($said.Debug | Where-Object { "$_" -match '^GET http.* -> 200, [\d,]+ bytes in [\d,]+ ms, attempt 1$' }).Count | Should -Be @(Invoke-Source $source GetRequests | ForEach-Object { $_ }).Count
        $said.Verbose | Should -BeNullOrEmpty
    }

    It 'is progress while a server takes its time, and it is taken away' {
        $gate = Start-Gate $source.Base
        $shell = New-TestShell "Test-OrchestratorConnector -ServiceUrl '$($gate.Atom)'"
        try {
            $running = $shell.BeginInvoke()
            # The request for the network's sake gets through; the next one is held until the progress is seen.
            Open-Connection $gate (Wait-Connection $gate)
            $held = Wait-Connection $gate
            $seen = New-Object -TypeName System.Threading.ManualResetEventSlim
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            while ($shell.Streams.Progress.Count -eq 0 -and $watch.Elapsed -lt $Patience) { $null = $seen.Wait(20) }
            $shell.Streams.Progress.Count | Should -BeGreaterThan 0
            Open-Connection $gate $held
            Wait-Behind $gate $running
            $null = $shell.EndInvoke($running)
            $progress = @($shell.Streams.Progress)
            $progress[0].Activity | Should -Be "Testing '$($gate.Atom)'"
            $progress[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
            Stop-Gate $gate
        }
    }
}
